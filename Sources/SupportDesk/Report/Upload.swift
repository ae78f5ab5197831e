/// A report handed in by a program, with its files, instead of being dropped into the spool.
package struct Upload: Hashable, Sendable {
    /// The report's file name; its ending decides the format.
    package var name: String
    package var content: [UInt8]
    package var attachments: [Attachment]
    /// The local user who hands it in.
    package var uid: UInt32
    /// Overrides what the report says.
    package var channel: ChannelName?
    package var priority: Priority?

    package init(name: String, content: [UInt8], attachments: [Attachment], uid: UInt32) {
        self.name = name
        self.content = content
        self.attachments = attachments
        self.uid = uid
    }
}
