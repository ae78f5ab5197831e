import SupportDesk

/// A program and its arguments as the settings give them, placeholders open.
struct CommandTemplate: Sendable {
    let key: String
    let path: String
    let arguments: [String]

    /// - Parameters:
    ///   - placeholder: must be among the arguments.
    ///   - alone: no other placeholder is known there.
    init(
        _ key: String, _ words: [String], needs placeholder: String, alone: Bool = false
    ) throws(ChannelFault) {
        self.key = key
        path = words.first ?? ""
        arguments = Array(words.dropFirst())
        guard path.hasPrefix("/") else {
            throw ChannelFault(
                .configuration,
                fr: "\(key) : il faut d'abord le chemin complet d'un programme, comme \"/usr/local/bin/send-fax\".",
                en: "\(key): the full path of a program comes first, such as \"/usr/local/bin/send-fax\".")
        }
        // Every user of the machine can see arguments (ps).
        guard !words.contains(where: { $0.contains("{secret}") }) else {
            throw ChannelFault(
                .configuration,
                fr: "\(key) : {secret} n'est pas permis ici, car tous les utilisateurs de la machine verraient le "
                    + "secret ; que le programme le lise lui-même dans un fichier.",
                en: "\(key): {secret} is not allowed here, for all users of the machine would see the secret; have "
                    + "the program read it from a file itself.")
        }
        guard arguments.contains(where: { $0.contains(placeholder) }) else {
            throw ChannelFault(
                .configuration, fr: "\(key) : il manque l'argument \"\(placeholder)\".",
                en: "\(key): the argument \"\(placeholder)\" is missing.")
        }
        let others = ["{file}", "{e164}", "{digits}", "{national}", "{reference}", "{attempt}"]
        if alone, let stray = others.first(where: { other in arguments.contains { $0.contains(other) } }) {
            throw ChannelFault(
                .configuration, fr: "\(key) : \(stray) n'y a pas de valeur ; seul \(placeholder) en a une.",
                en: "\(key): \(stray) has no value there; \(placeholder) alone has one.")
        }
    }

    /// For people: without its folder.
    var name: String { path.split(separator: "/").last.map { String($0).harmless } ?? path.harmless }

    /// The exit codes of sysexits.h that are about the gateway and not about the fax; nil for others.
    func fault(code: Int32, _ complaint: String) -> ChannelFault? {
        let words = complaint.isEmpty ? "code \(code)" : complaint
        switch code {
        case 75:
            return ChannelFault(
                .busy, fr: "\(name) demande d'essayer plus tard : \(words)",
                en: "\(name) asks to try later: \(words)")
        case 69:
            return ChannelFault(
                .unreachable, fr: "\(name) ne peut joindre le service de fax : \(words)",
                en: "\(name) cannot reach the fax service: \(words)")
        case 77, 78:
            return ChannelFault(
                .configuration, fr: "\(name) est mal réglé : \(words) ; corrigez ses réglages.",
                en: "\(name) is set up wrongly: \(words); correct its settings.")
        default: return nil
        }
    }

    func failed(code: Int32, _ complaint: String) -> ChannelFault {
        let words = complaint.isEmpty ? "code \(code)" : "code \(code), \(complaint)"
        return ChannelFault(
            .unreachable, fr: "\(name) (\(key)) a échoué : \(words) ; lancez-le à la main pour voir pourquoi.",
            en: "\(name) (\(key)) failed: \(words); run it by hand to see why.")
    }

    func failed(signal: Int32) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "\(name) (\(key)) s'est arrêté par le signal \(signal) ; lancez-le à la main pour voir pourquoi.",
            en: "\(name) (\(key)) was ended by signal \(signal); run it by hand to see why.")
    }

    /// Why the program did not run, and how to mend it.
    func fault(_ fault: Program.Fault) -> ChannelFault {
        let path = path.harmless
        switch fault {
        case .missing:
            return ChannelFault(
                .configuration,
                fr: "\(key) : \(path) n'existe pas ; installez ce programme ou corrigez le chemin.",
                en: "\(key): \(path) does not exist; install that program or correct the path.")
        case .notExecutable:
            return ChannelFault(
                .configuration,
                fr: "\(key) : \(path) ne peut pas être exécuté ; donnez-lui le droit (chmod 755 \(path)), et dans "
                    + "l'unité aussi : \(Self.unit.french)",
                en: "\(key): \(path) cannot be run; give it the permission (chmod 755 \(path)), and in the unit as "
                    + "well: \(Self.unit.english)")
        case .notStarted(let words):
            return ChannelFault(
                .configuration,
                fr: "\(key) : \(path) ne démarre pas (\(words)) ; vérifiez l'interpréteur de sa première ligne, et "
                    + "dans l'unité : \(Self.unit.french)",
                en: "\(key): \(path) does not start (\(words)); check the interpreter of its first line, and in the "
                    + "unit: \(Self.unit.english)")
        case .timedOut:
            return ChannelFault(
                .unreachable,
                fr: "\(key) : \(path) n'a pas fini à temps ; allongez fax.command.timeout ou lancez-le à la main.",
                en: "\(key): \(path) did not end in time; raise fax.command.timeout or run it by hand.")
        case .interrupted:
            return ChannelFault(
                .unreachable, fr: "\(key) : interrompu, car le service s'arrête.",
                en: "\(key): interrupted because the service stops.")
        }
    }

    private static let unit = Bilingual(
        fr: "elle interdit d'exécuter d'autres programmes ; « systemctl edit assistd », puis [Service] et ExecPaths= "
            + "avec ce chemin et ceux de tout ce qu'il lance, comme /bin/sh.",
        en: "it forbids running other programs; \"systemctl edit assistd\", then [Service] and ExecPaths= with that "
            + "path and those of all it runs, such as /bin/sh.")
}
