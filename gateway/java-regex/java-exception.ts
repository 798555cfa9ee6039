/** What Java would throw; whoever called knows where it stands. */
export class JavaException extends Error {
  override readonly name = 'JavaException';
}
