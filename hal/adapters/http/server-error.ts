/** The interface cannot be served as asked. The message is for the user: which file or address, what is wrong, the mend. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}
