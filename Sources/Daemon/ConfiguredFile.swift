import Platform
import SupportDesk

/// A file whose path stands in the configuration, as it is on disk now; a reload may name another one.
final class ConfiguredFile<Value: Sendable>: Sendable {
    private let path: @Sendable () -> String?
    private let parse: @Sendable ([UInt8]) throws -> Value
    private let file = Locked<LiveFile<Value>?>(nil)

    /// - Parameter path: nil where none is configured.
    init(path: @escaping @Sendable () -> String?, parse: @escaping @Sendable ([UInt8]) throws -> Value) {
        self.path = path
        self.parse = parse
    }

    /// The file in use and what it says; nil where none is configured.
    func reading() -> (path: String, reading: LiveFile<Value>.Reading)? {
        guard let path = path() else { return nil }
        let current = file.withLock { file in
            if file?.path != path { file = LiveFile(path: path, parse: parse) }
            return file
        }
        return current.map { (path, $0.current()) }
    }
}
