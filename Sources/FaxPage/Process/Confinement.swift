internal import CLinux
import Glibc

/// What the page maker gives up before it reads a byte: pictures and texts come from strangers, and the libraries that
/// read them are large.
enum Confinement {
    /// A picture as large as is allowed, decoded and turned upright, takes some 400 MB; the libraries take 100.
    static let addressSpace: UInt = 1 << 30
    static let processorSeconds: UInt32 = 60

    /// Where fonts, their settings and the libraries that decode pictures lie.
    static let readable = ["/usr", "/lib", "/lib64", "/etc/fonts", "/var/cache/fontconfig"]

    /// Shuts this process in, for good. To be called while it has one thread.
    static func begin() throws(PageFault) {
        // It could name other fonts, other decoders and other languages.
        clearenv()
        try check(clinux_close_all_above_errors(), "close what it was started with")
        try check(clinux_limit(processorSeconds, addressSpace), "limit itself")
        hideFiles()
        try check(clinux_refuse_calls(), "have system calls refused")
    }

    /// Not every kernel has Landlock, and a service's own filter may refuse it; what can be read then ends on the page
    /// of whoever wrote the report and nowhere else.
    private static func hideFiles() {
        var folders: [UnsafePointer<CChar>?] = readable.map { UnsafePointer(strdup($0)) }
        folders.append(nil)
        _ = clinux_read_only_beneath(folders)
        for folder in folders { free(UnsafeMutableRawPointer(mutating: folder)) }
    }

    private static func check(_ result: Int32, _ deed: String) throws(PageFault) {
        let code = errno
        guard result != 0 else { return }
        throw .drawing("it could not \(deed): \(String(cString: strerror(code)))")
    }
}
