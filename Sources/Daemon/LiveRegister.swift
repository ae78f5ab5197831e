import Configuration
import ControlAPI
import ControlServer
import Intake
import Platform
import SupportDesk

/// The register the configuration names, as it stands on disk now.
final class LiveRegister: Sendable {
    private let live: LiveSettings
    private let file = Locked<RegisterFile?>(nil)

    init(_ live: LiveSettings) {
        self.live = live
    }

    /// The file in use and what it says; nil where no register is configured.
    func reading() -> (path: String, reading: RegisterFile.Reading)? {
        guard let path = live.current.settings.licenses.register else { return nil }
        let current = file.withLock { file in
            if file?.path != path { file = RegisterFile(path: path) }
            return file
        }
        return current.map { (path, $0.current()) }
    }

    /// What decides about a licence now.
    func admittance() -> Admittance {
        let prepared = live.current
        let knowledge: Admittance.Knowledge =
            switch reading()?.reading.register {
            case let register?: .register(register)
            case nil: prepared.settings.licenses.register == nil ? .noRegister : .unreadable
            }
        return Admittance(
            rules: prepared.licenseRules, knowledge: knowledge,
            policies: .init(
                unknown: prepared.settings.licenses.unknown, noRegister: prepared.settings.licenses.noRegister))
    }

    /// What `status` shows of it.
    var view: RegisterView? {
        reading().map { path, reading in
            RegisterView(
                path: path, licenses: reading.register?.entries.count ?? 0,
                fault: reading.fault.map { SentenceView($0) })
        }
    }
}
