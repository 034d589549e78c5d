import { Enclave as ProductEnclave } from '../../workers/main.ts'

export type CarrierCalls = { url: string; key: string; to: string[]; room: string; width: number }

/** The product's enclave, with the bare loop that shows what calling the carrier alone costs. */
export class Enclave extends ProductEnclave {
  /** Texts each number once, `width` at a time, and does nothing else. Returns how many were accepted. */
  async callCarrier({ url, key, to, room, width }: CarrierCalls): Promise<number> {
    let accepted = 0
    let next = 0
    const lane = async () => {
      while (next < to.length) {
        const place = next++
        const response = await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            to: to[place],
            from: '+442079460999',
            text: 'St Botolph’s is closed today because of snow.',
            reference: `bare-${room}-${place}`,
          }),
        })
        await response.json()
        if (response.status === 202) accepted++
      }
    }
    await Promise.all(Array.from({ length: width }, lane))
    return accepted
  }
}
