import Glibc
import SupportDesk

/// A file that could not be read.
struct FileFault: Error {
    var code: ConfigurationFault.Code
    var words: Bilingual
}

/// A whole file, never more than `limit` bytes of it.
func readFile(_ path: String, limit: Int) throws(FileFault) -> (bytes: [UInt8], mode: mode_t) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileFault(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFault(errno, path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw FileFault(
            code: .unreadable,
            words: Bilingual(
                fr: "\(path) n'est pas un fichier ordinaire ; donnez le chemin d'un fichier.",
                en: "\(path) is not a regular file; give the path of a file."))
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0 {
            let code = errno
            if code == EINTR { continue }
            throw FileFault(code, path)
        }
        guard count > 0 else { return (bytes, status.st_mode) }
        bytes += buffer[..<count]
        guard bytes.count <= limit else {
            throw FileFault(
                code: .unreadable,
                words: Bilingual(
                    fr: "\(path) dépasse \(written(bytes: limit)) ; ce n'est sans doute pas le bon fichier.",
                    en: "\(path) is larger than \(written(bytes: limit)); it is probably not the right file."))
        }
    }
}

/// Permission bits; nil where the file cannot be asked.
func fileMode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
}

extension FileFault {
    init(_ error: Int32, _ path: String) {
        switch error {
        case ENOENT, ENOTDIR:
            code = .absent
            words = Bilingual(
                fr: "\(path) n'existe pas ; créez-le, ou donnez un autre chemin.",
                en: "\(path) does not exist; create it, or give another path.")
        case EACCES, EPERM:
            code = .unreadable
            words = Bilingual(
                fr: "\(path) existe, mais ce compte n'a pas le droit de le lire ; voyez ses droits (ls -l \(path)).",
                en: "\(path) exists, but this account may not read it; look at its permissions (ls -l \(path)).")
        default:
            let reason = String(cString: strerror(error))
            code = .unreadable
            words = Bilingual(
                fr: "\(path) ne se lit pas : \(reason).", en: "\(path) cannot be read: \(reason).")
        }
    }
}
