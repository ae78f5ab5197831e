package import SupportDesk

/// Why a fax could not be set on pages.
package enum PageFault: Explained, Hashable {
    /// There is no such program.
    case missing(String)
    /// It may not be run.
    case notExecutable(String)
    case notStarted(String, text: String)
    /// It does not accept the document: in its words.
    case refused(String)
    /// It could not draw the pages: in its words.
    case failed(String)
    case killed(String, signal: Int32)
    /// It ended in a way it should not.
    case unexpected(String, code: Int32, text: String)
    case timedOut(String, Duration)
    /// What it printed are no pages: with how that begins.
    case nonsense(String, start: String)
    /// The service ends.
    case interrupted

    package var explanation: Bilingual {
        switch self {
        case .missing(let path):
            Bilingual(
                fr: "Le programme qui met les fax en pages n'existe pas : \(path) ; installez de nouveau le paquet "
                    + "assistd, ou donnez le bon chemin dans fax.page_program.",
                en: "The program that sets faxes on pages does not exist: \(path); install the package assistd again, "
                    + "or give the right path in fax.page_program.")
        case .notExecutable(let path):
            Bilingual(
                fr: "Le programme qui met les fax en pages ne peut pas être exécuté : \(path) ; rendez-le exécutable "
                    + "(chmod 755), et s'il n'est pas sous /usr/lib, permettez-le dans l'unité : \(Words.unit.french)",
                en: "The program that sets faxes on pages cannot be run: \(path); make it executable (chmod 755), and "
                    + "where it is not below /usr/lib, allow it in the unit: \(Words.unit.english)")
        case .notStarted(let path, let text):
            Bilingual(
                fr: "\(path) ne démarre pas : \(text) ; installez de nouveau le paquet assistd.",
                en: "\(path) does not start: \(text); install the package assistd again.")
        case .refused(let text):
            Bilingual(
                fr: "Ce fax ne peut pas être mis en pages : \(Words.of(text).french)",
                en: "This fax cannot be set on pages: \(Words.of(text).english)")
        case .failed(let text):
            Bilingual(
                fr: "Les pages du fax n'ont pas pu être dessinées : \(Words.of(text).french) ; vérifiez que les "
                    + "polices et bibliothèques du paquet assistd sont installées.",
                en: "The pages of the fax could not be drawn: \(Words.of(text).english); check that the fonts and "
                    + "libraries of the package assistd are installed.")
        case .killed(let path, let signal):
            Bilingual(
                fr: "\(path) s'est arrêté par le signal \(signal) ; l'une des images est peut-être abîmée, ou la "
                    + "mémoire manque (MemoryMax= dans l'unité).",
                en: "\(path) was ended by signal \(signal); one of the pictures may be damaged, or memory is short "
                    + "(MemoryMax= in the unit).")
        case .unexpected(let path, let code, let text):
            Bilingual(
                fr: "\(path) a échoué avec le code \(code) : \(Words.of(text).french) ; vérifiez qu'il est de la même "
                    + "version qu'assistd.",
                en: "\(path) failed with code \(code): \(Words.of(text).english); check that it is of the same version "
                    + "as assistd.")
        case .timedOut(let path, let time):
            Bilingual(
                fr: "\(path) n'a pas fini en \(time.components.seconds) s et a été arrêté ; l'une des images est "
                    + "peut-être abîmée, ou la machine est surchargée.",
                en: "\(path) did not finish within \(time.components.seconds) s and was stopped; one of the pictures "
                    + "may be damaged, or the machine is overloaded.")
        case .nonsense(let path, let start):
            Bilingual(
                fr: "\(path) n'a pas rendu de pages, mais « \(start) » ; vérifiez que c'est bien assistd-faxpage, de "
                    + "la même version qu'assistd.",
                en: "\(path) gave no pages, but “\(start)”; check that it is assistd-faxpage, of the same version as "
                    + "assistd.")
        case .interrupted:
            Bilingual(
                fr: "La mise en pages a été interrompue, car le service s'arrête.",
                en: "Setting the pages was interrupted because the service stops.")
        }
    }

    /// Whether the document is at fault, so that another try of the same would end alike.
    package var isOfDocument: Bool {
        switch self {
        case .refused, .killed, .timedOut: true
        case .missing, .notExecutable, .notStarted, .failed, .unexpected, .nonsense, .interrupted: false
        }
    }

    private enum Words {
        static let unit = Bilingual(
            fr: "systemctl edit assistd, puis [Service] et ExecPaths= avec ce chemin.",
            en: "systemctl edit assistd, then [Service] and ExecPaths= with that path.")

        static func of(_ text: String) -> Bilingual {
            text.isEmpty
                ? Bilingual(fr: "le programme ne dit pas pourquoi", en: "the program does not say why")
                : Bilingual(fr: text, en: text)
        }
    }
}
