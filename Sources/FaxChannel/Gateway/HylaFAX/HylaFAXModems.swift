import SupportDesk

/// The scheduler and the modems, as hfaxd lists them.
struct HylaFAXModems: Hashable, Sendable {
    struct Modem: Hashable, Sendable {
        var name: String
        /// faxgetty looks after it.
        var isServed: Bool
        /// As in `Running and idle`.
        var status: String

        /// Nobody looks after it. A modem that "comes ready" may have ended a call just now.
        var isDown: Bool { !isServed || status.isEmpty || status.hasPrefix("No status") }
    }

    /// Whether faxq runs; nil where the server does not tell.
    var scheduler: Bool?
    var modems: [Modem] = []

    /// What to hand to MDMFMT.
    static let format = "%m|%z|%s"

    init(lines: [String]) {
        for line in lines {
            let fields = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
            if fields.count == 3 {
                modems.append(
                    Modem(
                        name: String(fields[0]).harmless, isServed: fields[1] == "*",
                        status: String(fields[2]).harmless))
            } else if line.hasPrefix("HylaFAX scheduler") {
                scheduler = line.hasSuffix(": Running")
            }
        }
    }

    /// Whether a fax can go out, in words.
    ///
    /// - Parameters:
    ///   - wanted: the modem asked for; nil for any.
    ///   - place: the server.
    func verdict(wanted: String?, _ place: String) throws(ChannelFault) -> Bilingual {
        if scheduler == false {
            throw ChannelFault(
                .busy, fr: "Sur \(place), l'ordonnanceur de HylaFAX (faxq) ne fonctionne pas : démarrez-le.",
                en: "On \(place), HylaFAX's scheduler (faxq) does not run: start it.")
        }
        let eligible = modems.filter { wanted == nil || $0.name == wanted }
        let all = modems.map { "\($0.name) (\($0.status))" }.joined(separator: ", ")
        if let wanted, eligible.isEmpty {
            throw ChannelFault(
                .configuration,
                fr: "Sur \(place), il n'y a pas de modem « \(wanted.harmless) » ; il y a : \(all.isEmpty ? "—" : all). "
                    + "Corrigez fax.hylafax.modem.",
                en: "On \(place), there is no modem “\(wanted.harmless)”; there is: \(all.isEmpty ? "—" : all). "
                    + "Correct fax.hylafax.modem.")
        }
        let ready = eligible.filter { !$0.isDown }
        guard !ready.isEmpty else {
            throw ChannelFault(
                .busy,
                fr: "Sur \(place), aucun modem n'est prêt : \(all.isEmpty ? "—" : all). Vérifiez faxgetty et la ligne.",
                en: "On \(place), no modem is ready: \(all.isEmpty ? "—" : all). Check faxgetty and the line.")
        }
        let names = ready.map { "\($0.name) (\($0.status))" }.joined(separator: ", ")
        return Bilingual(fr: "HylaFAX, modem : \(names)", en: "HylaFAX, modem: \(names)")
    }
}
