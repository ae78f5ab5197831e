package import SupportDesk

/// Where a report came from.
package struct Origin: Sendable {
    package var source: Submission.Source
    /// The local user whose file it was, or who called.
    package var uid: UInt32
    /// Bytes of report and attachments.
    package var size: Int
    /// What lies in the drop zone; empty for what came over the socket.
    package var files: [FileIdentity]

    package init(source: Submission.Source, uid: UInt32, size: Int, files: [FileIdentity]) {
        self.source = source
        self.uid = uid
        self.size = size
        self.files = files
    }
}
