import Configuration
import Glibc
import SupportDesk

extension Doctor {
    /// The folder of the journal; the journal itself checks its content.
    func journal() -> [DoctorCheck] {
        let path = settings.journal.path
        let folder: FolderState
        do throws(FolderState.NotAFolder) {
            folder = try FolderState(settings.journal.folder, on: machine, check: "journal")
        } catch {
            var check = error.check
            check.mend = Bilingual(
                fr: "créez ce dossier pour le compte assistd, ou corrigez journal.url.",
                en: "make this folder for the account assistd, or correct journal.url.")
            return [check]
        }
        var checks: [DoctorCheck] = []
        if !folder.isUsable {
            checks.append(
                .fault(
                    "journal", fr: "\(folder.path) : ce service ne peut pas y écrire.",
                    en: "\(folder.path): this service cannot write there.",
                    mend: Bilingual(
                        fr: "« chown assistd:assistd \(folder.path) » ; s'il est ailleurs que sous /var/lib/assistd, "
                            + "ajoutez ReadWritePaths=\(folder.path) au service.",
                        en: "\"chown assistd:assistd \(folder.path)\"; if it is elsewhere than /var/lib/assistd, add "
                            + "ReadWritePaths=\(folder.path) to the unit.")))
        }
        if folder.isRemote {
            checks.append(
                .fault(
                    "journal", fr: "\(folder.path) est sur un partage réseau, où une base SQLite peut être abîmée.",
                    en: "\(folder.path) lies on a network share, where an SQLite database can be damaged.",
                    mend: Bilingual(
                        fr: "mettez journal.url sur un disque de cette machine.",
                        en: "put journal.url on a disk of this machine.")))
        }
        var file = stat()
        if stat(path, &file) == 0, file.st_mode & 0o007 != 0 || (folder.mode & 0o002 != 0 && folder.mode & S_ISVTX == 0)
        {
            checks.append(
                .warning(
                    "journal", fr: "\(path) contient les rapports, et d'autres comptes peuvent l'atteindre.",
                    en: "\(path) holds the reports, and other accounts can reach it.",
                    mend: Bilingual(
                        fr: "« chmod 600 \(path) ; chmod 700 \(folder.path) ».",
                        en: "\"chmod 600 \(path); chmod 700 \(folder.path)\".")))
        }
        checks += room(in: folder.path, check: "journal")
        if checks.isEmpty {
            checks = [.ok("journal", fr: "\(folder.path) : en ordre.", en: "\(folder.path): in order.")]
        }
        return checks
    }

    private var configuredSecrets: [SecretSource] {
        [settings.smtp.passwordFile, settings.smtp.oauth2TokenFile].compactMap(\.self)
    }

    /// What systemd gives to the service alone, so that nobody else can tell whether it is there.
    var secretsWithheld: [SecretSource] {
        guard !isService else { return [] }
        return configuredSecrets.filter { source in
            switch source {
            case .file: false
            case .credential: environment["CREDENTIALS_DIRECTORY"] == nil
            case .environment(let name): environment[name] == nil
            }
        }
    }

    static let askTheService = Bilingual(
        fr: "démarrez le service, puis relancez « assistctl doctor ».",
        en: "start the service, then run \"assistctl doctor\" again.")

    /// The secrets the configuration names.
    func secrets() -> [DoctorCheck] {
        configuredSecrets.map { source in
            guard !secretsWithheld.contains(source) else {
                return .warning(
                    "secret", fr: "le secret « \(source.configured) » n'est donné qu'au service.",
                    en: "the secret \"\(source.configured)\" is given to the service alone.", mend: Self.askTheService)
            }
            do throws(SecretFault) {
                _ = try source.read(environment: environment)
            } catch {
                return .fault(
                    "secret", fr: error.explanation.french, en: error.explanation.english,
                    mend: Bilingual(
                        fr:
                            "le compte assistd doit pouvoir le lire : « chown root:assistd FICHIER ; chmod 640 FICHIER ».",
                        en: "the account assistd must be able to read it: \"chown root:assistd FILE; chmod 640 FILE\".")
                )
            }
            if let words = source.exposure(environment: environment) {
                return .warning(
                    "secret", fr: words.french, en: words.english,
                    mend: Bilingual(
                        fr: "changez aussi ce mot de passe : il a pu être lu.",
                        en: "change this password too: it may have been read."))
            }
            return .ok(
                "secret", fr: "le secret « \(source.configured) » est lisible.",
                en: "the secret \"\(source.configured)\" can be read.")
        }
    }

    /// Clock and time zone.
    func time() -> [DoctorCheck] {
        var checks: [DoctorCheck] = []
        let now = CivilTime(clock.now)
        if !(2025...2100).contains(now.year) {
            checks.append(
                .fault(
                    "clock", fr: "l'horloge de la machine dit \(clock.now).",
                    en: "the machine's clock says \(clock.now).",
                    mend: Bilingual(
                        fr: "mettez-la à l'heure : « timedatectl set-ntp true ».",
                        en: "set it right: \"timedatectl set-ntp true\".")))
        }
        if checks.isEmpty {
            checks = [.ok("clock", fr: "il est \(clock.now).", en: "it is \(clock.now).")]
        }
        return checks
    }
}
