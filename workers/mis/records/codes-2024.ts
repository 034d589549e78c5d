/** The codes as readers of files know them. The table is the kernel's: registers count by it too. */
export {
  type AttendanceCode,
  CODES_2024,
  CODES_2024_FROM,
  isCode2024,
  isPossible,
  type MarkMeaning,
  WITHDRAWN_IN_2024,
} from '#kernel'
