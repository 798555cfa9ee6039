const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

let second = Number.NaN;
let text = '';

/** `$context.requestTime`: `04/Mar/2020:19:15:17 +0000`, made anew once a second. */
export const requestTime = (epochMillis: number): string => {
  const now = Math.floor(epochMillis / 1000);
  if (now !== second) {
    const date = new Date(now * 1000);
    const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
    text = `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
    second = now;
  }
  return text;
};
