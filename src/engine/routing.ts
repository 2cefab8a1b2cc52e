/** Which node a client's operation goes to. Asked as it is sent; nodes by index. */
export interface Routing {
  /** @param choice a uniform number in [0, 1), drawn for this read: it settles whatever is left to chance */
  nodeForRead(client: number, choice: number): number;
  nodeForWrite(client: number): number;
}
