import CMime

/// GMime, made ready once for the process; it is never shut down.
///
/// Every use of GMime starts with `GMimeRuntime.start()`. After that its objects may be used from any thread, each
/// object from one thread at a time: GMime keeps no state between them but tables that are filled here.
enum GMimeRuntime {
    private static let started: Void = g_mime_init()

    static func start() { _ = started }
}
