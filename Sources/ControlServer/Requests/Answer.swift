import ControlAPI
import FoundationEssentials
import NIOCore
import NIOHTTP1
import SupportDesk

/// What goes back to the caller.
struct Answer: Sendable {
    var status: HTTPResponseStatus
    var mediaType: String
    var body: [UInt8]

    static func json(_ value: some Encodable, status: HTTPResponseStatus = .ok) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return Answer(status: status, mediaType: "application/json", body: [UInt8](try encoder.encode(value)))
    }

    static func bytes(_ body: [UInt8], mediaType: String) -> Answer {
        Answer(status: .ok, mediaType: mediaType, body: body)
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
            fr: "Non autorisé : ce rapport n'est pas le vôtre, ou l'action est réservée au groupe d'administration.",
            en: "Not permitted: this submission is not yours, or this is for the admin group only."))

    static func notFound(_ what: String) -> Refusal {
        Refusal(
            status: .notFound, code: "not_found",
            text: Bilingual(fr: "Introuvable : \(what.harmless)", en: "Not found: \(what.harmless)"))
    }
}
