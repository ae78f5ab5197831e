/// A submission to take in, with what belongs to it.
package struct Admission: Sendable {
    package var submission: Submission
    /// The sentence of the first event.
    package var text: Bilingual
    package var description: String?
    package var message: Message?
    /// Lower goes first: the instant of reception less the head start, in milliseconds.
    package var rank: Int64
    package var taken: Taken?
    /// What this takes the place of, and the sentence of its history: it is called off in the same transaction. Where it
    /// cannot be (it is being sent, or was called off), nothing is taken in and `Superseded.Refusal` is thrown.
    package var superseded: Superseded?

    package init(
        submission: Submission, text: Bilingual, description: String?, message: Message?, rank: Int64,
        taken: Taken?
    ) {
        self.submission = submission
        self.text = text
        self.description = description
        self.message = message
        self.rank = rank
        self.taken = taken
    }

    /// A message that is taken in.
    package enum Message: Sendable {
        case bytes([UInt8])
        /// Too large to be held: it writes itself, once, piece by piece, to where the journal keeps it.
        case writer(@Sendable (_ write: ([UInt8]) throws -> Void) throws -> Void)
    }
}

/// What another submission takes the place of.
package struct Superseded: Hashable, Sendable {
    package var reference: Reference
    package var text: Bilingual

    package init(reference: Reference, text: Bilingual) {
        self.reference = reference
        self.text = text
    }

    /// It moved on meanwhile.
    package struct Refusal: Explained, Hashable {
        package var reference: Reference

        package init(reference: Reference) {
            self.reference = reference
        }

        package var explanation: Bilingual {
            Bilingual(
                fr: "\(reference) est en cours d'envoi ou vient de changer ; réessayez dans un instant.",
                en: "\(reference) is being sent or has just changed; try again in a moment.")
        }
    }
}

/// The files of one report in the drop zone, by identity and not by name alone.
package struct Taken: Hashable, Sendable {
    package var reference: Reference
    package var fate: Fate
    /// The report first, then its attachments.
    package var files: [FileIdentity]

    package init(reference: Reference, fate: Fate, files: [FileIdentity]) {
        self.reference = reference
        self.fate = fate
        self.files = files
    }

    package enum Fate: String, Sendable {
        /// Removed: the journal holds the content.
        case remove
        /// Moved to `rejected/` beside a reason.
        case reject
    }
}

/// What tells a file from any other, whatever its name is by now.
///
/// Not the inode's last change: a rename or a chmod, both of which people do, would make it another file. A new file
/// that has all of these in common with one just taken has its content too.
package struct FileIdentity: Hashable, Sendable, Codable {
    /// The name's bytes, which need not be text.
    package var name: [UInt8]
    package var device: UInt64
    package var inode: UInt64
    /// Bytes.
    package var size: Int
    /// Last change of the content, in nanoseconds since 1970.
    package var modified: Int64

    package init(name: [UInt8], device: UInt64, inode: UInt64, size: Int, modified: Int64) {
        self.name = name
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
    }

    /// Whether it is the same file, perhaps under another name.
    package func isSameFile(as other: FileIdentity) -> Bool {
        device == other.device && inode == other.inode && size == other.size && modified == other.modified
    }
}
