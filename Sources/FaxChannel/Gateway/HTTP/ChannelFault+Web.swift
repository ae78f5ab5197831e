import Curl
import SupportDesk

extension WebAnswer {
    /// The status and the start of what came with it, fit for people.
    var words: String {
        let flat = String(decoding: body.prefix(2000), as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let start = String(flat.unicodeScalars.prefix(200)).harmless
        return start.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(start)"
    }
}

extension ChannelFault {
    /// There was no answer.
    static func unanswered(_ failure: WebFailure, by host: String) -> Self {
        if failure.isTooLarge {
            return ChannelFault(
                .unreachable,
                fr: "La réponse de \(host) dépasse 1 Mo ; vérifiez fax.http.url et le profil.",
                en: "The answer of \(host) is longer than 1 MB; check fax.http.url and the profile.")
        }
        let words = failure.error.message.harmless
        switch failure.error.kind {
        case .tls, .authorities:
            return ChannelFault(
                .tls,
                fr: "\(host) n'a pas de certificat auquel se fier : \(words) ; vérifiez fax.http.url et l'heure de la "
                    + "machine.",
                en: "\(host) has no certificate to be trusted: \(words); check fax.http.url and the machine's clock.")
        case .unresolved, .unconnected, .timeout, .other:
            return ChannelFault(
                .unreachable,
                fr: "\(host) ne répond pas : \(words) ; vérifiez fax.http.url, le réseau et le pare-feu.",
                en: "\(host) does not answer: \(words); check fax.http.url, the network and the firewall.")
        }
    }

    static func busy(_ answer: WebAnswer, at host: String) -> Self {
        ChannelFault(
            .busy, fr: "\(host) demande d'essayer plus tard : \(answer.words)",
            en: "\(host) asks to try later: \(answer.words)")
    }

    /// A refusal that any other fax would meet too; nil where it is about this one.
    static func refusal(_ answer: WebAnswer, by host: String) -> Self? {
        switch answer.status {
        case 401, 403:
            ChannelFault(
                .authentication,
                fr: "\(host) refuse l'identification : \(answer.words) ; vérifiez fax.http.username et "
                    + "fax.http.password_file.",
                en: "\(host) refuses the login: \(answer.words); check fax.http.username and "
                    + "fax.http.password_file.")
        case 402:
            ChannelFault(
                .busy, fr: "\(host) n'a plus de crédit pour ce compte : \(answer.words) ; rechargez-le.",
                en: "\(host) has no credit left for this account: \(answer.words); top it up.")
        case 404, 405:
            ChannelFault(
                .configuration,
                fr: "\(host) ne connaît pas cette adresse : \(answer.words) ; vérifiez fax.http.url et le profil.",
                en: "\(host) does not know this address: \(answer.words); check fax.http.url and the profile.")
        case 408, 425, 429: busy(answer, at: host)
        default: nil
        }
    }

    /// Any answer that is no success.
    static func refusalOrFailure(_ answer: WebAnswer, by host: String) -> Self {
        if let refusal = refusal(answer, by: host) { return refusal }
        if answer.status == 503 { return busy(answer, at: host) }
        return ChannelFault(
            .unreachable, fr: "\(host) ne peut répondre : \(answer.words)", en: "\(host) cannot answer: \(answer.words)"
        )
    }

    /// A success that says nothing that could be read.
    static func nonsense(_ answer: WebAnswer, from host: String) -> Self {
        ChannelFault(
            .unreachable,
            fr: "La réponse de \(host) ne se comprend pas : \(answer.words) ; vérifiez que le profil est celui de ce "
                + "service.",
            en: "The answer of \(host) makes no sense: \(answer.words); check that the profile is this service's.")
    }
}
