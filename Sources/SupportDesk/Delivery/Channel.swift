/// A way to the desk.
package protocol Channel: Sendable {
    var name: ChannelName { get }

    /// A connection that is not yet open: it opens by itself when first used, and again when settings changed.
    func makeConnection() -> any ChannelConnection

    /// A number that is another one as soon as what this machine contributes changed: settings, a password, a file of
    /// authorities. It means nothing by itself.
    func setup() async -> Int
}

extension Channel {
    package func setup() async -> Int { 0 }
}

/// One conversation with the peer at a time, kept open between submissions where the peer allows it.
///
/// No method throws: whatever happens is a result that can be journalled.
package protocol ChannelConnection: Sendable {
    /// Hands one submission to the peer. The attempt is in the journal before this is called.
    ///
    /// - Parameter notes: where to write how far it is, should the peer take its time.
    /// - Returns: nil where the peer has it and works on it: it is asked about again after the next start.
    func deliver(_ parcel: Parcel, noting notes: AttemptNotes) async -> AttemptResult?

    /// Goes as far as the login and no further; nil when all is well.
    func probe() async -> ChannelFault?

    /// Breaks off what is under way, within a second or so. `deliver` then returns with what is known.
    func interrupt()

    /// Says goodbye to the peer and lets the connection go. May be called when idle only.
    func close() async
}

/// What a channel needs to carry one submission.
package struct Parcel: Hashable, Sendable {
    package var reference: Reference
    package var attempt: Int
    package var content: Content
    package var recipient: Recipient
    /// Set where an earlier run began this attempt and the peer may be working on it.
    package var progress: AttemptProgress?
    /// Mail could not deliver it in time.
    package var isFallback = false

    package init(reference: Reference, attempt: Int, content: Content, recipient: Recipient = .desk) {
        self.reference = reference
        self.attempt = attempt
        self.content = content
        self.recipient = recipient
    }

    /// Who gets it; where that is, is asked when it is sent.
    package enum Recipient: Hashable, Sendable {
        case desk
        /// Whoever looks after this service.
        case administrator
    }

    /// A finished message (RFC 5322, CRLF line ends): the same bytes at each attempt.
    package enum Content: Hashable, Sendable {
        case bytes([UInt8])
        /// A private file whose bytes never change.
        case file(path: String, size: Int)

        /// Bytes.
        package var size: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(_, let size): size
            }
        }
    }
}
