/// What a transfer asks and tells while it runs. Called on the thread that runs it.
///
/// Every method has a default that does nothing and lets the transfer go on.
package protocol TransferDelegate: AnyObject {
    /// A line of the protocol was sent: a command, or what a login says. It may hold secrets.
    func didSend(line: UnsafeRawBufferPointer)

    /// A line of a reply came, with its line end.
    /// - Returns: false to break off.
    func didReceive(line: UnsafeRawBufferPointer) -> Bool

    /// So many bytes of the body, as they stand on the wire, were given to the operating system.
    func didSendBody(count: Int)

    /// libcurl tells how it gets on, in English.
    func didNote(_ text: UnsafeRawBufferPointer)

    /// The next bytes of the upload are wanted.
    /// - Returns: how many were written into the buffer, 0 at the end, nil to break off.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int?

    /// Bytes of the download came.
    /// - Returns: false to break off.
    func didReceive(body: UnsafeRawBufferPointer) -> Bool

    /// Asked now and then, at least once a second.
    /// - Returns: false to break off.
    func mayContinue() -> Bool

    /// A connection must be opened.
    /// - Returns: false to refuse it.
    func mayConnect() -> Bool
}
