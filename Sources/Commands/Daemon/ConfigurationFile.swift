import Configuration
import SupportDesk

/// What the command knows of the daemon's settings.
struct KnownSettings {
    var settings: Settings
    /// The file they were read from; nil where the defaults stand in for one that is absent or not readable here.
    var path: String?
}

extension CommandContext {
    static let defaultConfigurationFile = "/etc/assistd/assistd.toml"

    /// The file somebody named, by option or environment.
    var namedConfigurationFile: String? {
        configurationFile ?? environment["ASSISTD_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the configuration.
    ///
    /// Ordinary users may not be allowed to read the default file, and the daemon goes on with its old settings
    /// while that file is broken: then the defaults serve here. A file somebody named must be there and right.
    func settings() throws(CommandFailure) -> KnownSettings {
        let named = namedConfigurationFile
        let path = named ?? Self.defaultConfigurationFile
        switch Settings.load(file: path) {
        case .success(let (settings, _)): return KnownSettings(settings: settings, path: path)
        case .failure(let fault):
            guard named == nil else { throw CommandFailure(fault) }
            if fault.code == .invalid {
                remark(
                    fr: "assistctl : \(path) n'est pas valable (« assistctl doctor » dit pourquoi) ; les valeurs par "
                        + "défaut servent.",
                    en: "assistctl: \(path) is not valid (“assistctl doctor” says why); the defaults serve.")
            }
            return KnownSettings(settings: Settings(), path: nil)
        }
    }

    /// The daemon behind the configured socket.
    func daemon() throws(CommandFailure) -> ControlClient {
        ControlClient(transport: transport(try settings().settings.control.socket))
    }
}

extension CommandFailure {
    init(_ fault: ConfigurationFault) {
        let words = fault.explanation
        self.init(.configuration, code: "configuration_\(fault.code.rawValue)", fr: words.french, en: words.english)
    }
}
