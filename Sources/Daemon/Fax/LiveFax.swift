import Configuration
import Courier
import FaxChannel
import Foundation
import Mail
import Platform
import SQLiteJournal
import SupportDesk

/// The fax channel as the configuration has it now, and what it asks of the journal.
final class LiveFax: Sendable {
    private let live: LiveSettings
    private let journal: SQLiteJournal
    private let clock = WallClock.system
    /// Pictures take memory: one fax is set at a time.
    private let turnstile = Turnstile()

    init(_ live: LiveSettings, _ journal: SQLiteJournal) {
        self.live = live
        self.journal = journal
    }

    /// What the channel works with.
    var sources: FaxChannel.Sources {
        FaxChannel.Sources(
            settings: { self.live.current.fax.settings },
            pages: { parcel in try await self.turnstile.pass { try await self.pages(of: parcel) } },
            callsLeft: { await self.callsLeft() })
    }

    /// Whether there is a gateway.
    var isInService: Bool { live.current.fax.settings.gateway != nil }

    /// What decides about a fax's outcome.
    var policy: FaxPolicy {
        var policy = FaxPolicy()
        policy.mailsAfterFallback = live.current.settings.fax.fallbackMail == .continue
        return policy
    }

    /// When what mail does not deliver goes by fax; nil where it never does.
    var fallback: Fallback.Settings? {
        guard isInService, let after = live.current.settings.fax.fallbackAfter else { return nil }
        return Fallback.Settings(after: after, calendar: live.current.promise.calendar)
    }

    /// Whether a fax may be begun now.
    func allowance(at now: Timestamp) async throws -> Allowance {
        let limits = live.current.fax.limits
        return limits.allowance(try await journal.faxUsage(since: limits.dayStart(at: now)), at: now)
    }

    private func callsLeft() async -> Int {
        guard let allowance = try? await allowance(at: clock.now), case .open(let calls) = allowance else { return 0 }
        return calls
    }

    // MARK: Pages

    private func pages(of parcel: Parcel) async throws -> FaxPages {
        let fax = live.current.fax
        guard let submission = try await journal.submission(parcel.reference) else {
            throw ChannelFault(
                .configuration, fr: "\(parcel.reference) n'est plus dans le journal.",
                en: "\(parcel.reference) is no longer in the journal.")
        }
        var document = fax.letterhead.document(
            of: submission, description: try await journal.description(of: parcel.reference) ?? "",
            pictures: live.current.settings.fax.pictures ? try await pictures(in: parcel.content) : [],
            isFallback: parcel.isFallback, at: clock.now)
        do {
            return try await fax.pageProgram.pages(of: document)
        } catch {
            guard error.isOfDocument else { throw Self.channelFault(error) }
            if document.pictures.isEmpty { throw error }
        }
        // A picture that cannot be drawn keeps no text from leaving.
        document.pictures = []
        return try await fax.pageProgram.pages(of: document)
    }

    /// What is wrong with the program, and not with one fax.
    private static func channelFault(_ fault: PageFault) -> ChannelFault {
        let words = fault.explanation
        return ChannelFault(.configuration, fr: words.french, en: words.english)
    }

    /// The attachments of a message that are pictures.
    @concurrent
    private func pictures(in content: Parcel.Content) async throws -> [FaxDocument.Picture] {
        let bytes: [UInt8]
        switch content {
        case .bytes(let message): bytes = message
        case .file(let path, let size): bytes = try OpenFile(path).read(limit: size + 1, expecting: size)
        }
        return try MessageReader.read(bytes).attachments.filter(\.isPicture).prefix(Self.mostPictures)
            .compactMap {
                guard case .bytes(let bytes) = $0.content else { return nil }
                return FaxDocument.Picture(name: $0.name, content: Data(bytes).base64EncodedString())
            }
    }

    /// No fax has more pages than that anyway.
    private static let mostPictures = 20
}

extension Attachment {
    /// Whether it is a picture, by its first bytes: PNG, JPEG, GIF, BMP, TIFF.
    fileprivate var isPicture: Bool {
        let beginnings: [[UInt8]] = [
            [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("BM".utf8),
            [0x49, 0x49, 0x2A, 0x00],
            [0x4D, 0x4D, 0x00, 0x2A],
        ]
        return beginnings.contains { head.starts(with: $0) }
    }
}
