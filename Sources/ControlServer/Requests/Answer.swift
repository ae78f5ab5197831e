import ControlAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Platform
import SupportDesk

/// What goes back to the caller.
struct Answer: Sendable {
    var status: HTTPResponseStatus
    var mediaType: String
    var body: Body

    /// What is sent.
    enum Body: Sendable {
        case bytes([UInt8])
        /// So many bytes of a file.
        case file(OpenFile, Int)
    }

    init(status: HTTPResponseStatus, mediaType: String, body: [UInt8]) {
        self.status = status
        self.mediaType = mediaType
        self.body = .bytes(body)
    }

    /// Bytes of the body.
    var size: Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .file(_, let size): size
        }
    }

    /// What is held in memory.
    var bytes: [UInt8] {
        switch body {
        case .bytes(let bytes): bytes
        case .file: []
        }
    }

    static func json(_ value: some Encodable, status: HTTPResponseStatus = .ok) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return Answer(status: status, mediaType: "application/json", body: [UInt8](try encoder.encode(value)))
    }

    static func bytes(_ body: [UInt8], mediaType: String) -> Answer {
        Answer(status: .ok, mediaType: mediaType, body: body)
    }

    static func file(_ file: OpenFile, size: Int, mediaType: String) -> Answer {
        var answer = Answer(status: .ok, mediaType: mediaType, body: [])
        answer.body = .file(file, size)
        return answer
    }
}

/// A request that is answered with an error.
struct Refusal: Error {
    var status: HTTPResponseStatus
    var code: String
    var text: Bilingual

    var answer: Answer {
        let view = ErrorView(ReasonView(code: code, text: text.english, textFR: text.french))
        // An ErrorView holds strings only; encoding it cannot fail.
        return (try? .json(view, status: status)) ?? Answer(status: status, mediaType: "text/plain", body: [])
    }

    static func badRequest(fr french: String, en english: String) -> Refusal {
        Refusal(status: .badRequest, code: "bad_request", text: Bilingual(fr: french, en: english))
    }

    static let notPermitted = Refusal(
        status: .forbidden, code: "not_permitted",
        text: Bilingual(
            fr: "Non autorisé : c'est réservé au groupe d'administration.",
            en: "Not permitted: this is for the admin group only."))

    static func tooLarge(_ limit: Int) -> Refusal {
        Refusal(
            status: .payloadTooLarge, code: "too_large",
            text: Bilingual(fr: "Plus de \(limit) octets : trop grand.", en: "More than \(limit) bytes: too large."))
    }

    static let noMemory = Refusal(
        status: .serviceUnavailable, code: "try_again",
        text: Bilingual(
            fr: "Trop de grandes demandes à la fois ; réessayez dans un instant.",
            en: "Too many large requests at a time; try again in a moment."))

    static let noSeat = Refusal(
        status: .serviceUnavailable, code: "try_again",
        text: Bilingual(
            fr: "Trop de connexions à la fois, de vous ou de tous ; réessayez dans un instant.",
            en: "Too many connections at a time, of yours or of all; try again in a moment."))

    static func tooMany(_ limit: Int) -> Refusal {
        .badRequest(
            fr: "Pas plus de \(limit) références à la fois.", en: "No more than \(limit) references at a time.")
    }

    static func notYours(_ reference: Reference) -> Refusal {
        Refusal(
            status: .forbidden, code: "not_permitted",
            text: Bilingual(
                fr:
                    "\(reference) : aucun de vos envois. Vérifiez la référence (« assistctl list ») ; les envois des autres, "
                    + "seuls les administrateurs les voient.",
                en:
                    "\(reference): none of your submissions. Check the reference (“assistctl list”); those of others only "
                    + "administrators see."))
    }

    static func notFound(_ what: String) -> Refusal {
        Refusal(
            status: .notFound, code: "not_found",
            text: Bilingual(fr: "Introuvable : \(what.harmless)", en: "Not found: \(what.harmless)"))
    }
}
