/** A file's text, put in place by the bundler: how tests inside the runtime read a sample. */
declare module '*?raw' {
  const text: string
  export default text
}
