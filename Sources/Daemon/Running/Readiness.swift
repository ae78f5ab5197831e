import Platform

/// Calls once every part has said that it is ready.
final class Readiness: Sendable {
    private let missing: Locked<(count: Int, seen: Set<String>)>
    private let whenReady: @Sendable () -> Void

    init(parts: Int, whenReady: @escaping @Sendable () -> Void) {
        missing = Locked((parts, []))
        self.whenReady = whenReady
    }

    func reached(_ part: String) {
        let isLast = missing.withLock { missing in
            let isNew = missing.seen.insert(part).inserted
            return isNew && missing.seen.count == missing.count
        }
        if isLast { whenReady() }
    }
}
