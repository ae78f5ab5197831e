import Glibc
import Platform

extension TemporaryFolder {
    /// Writes a script that can be run, and returns its path.
    ///
    /// Another program writes it: what this process has open for writing, a program that is being started in another
    /// test holds open for a moment too, and such a file the kernel refuses to run (ETXTBSY).
    @discardableResult
    package func script(_ name: String, _ text: String, interpreter: String = "/bin/bash") async throws -> String {
        let path = self(name)
        let arguments = [
            "/bin/sh", "-c", #"printf '%s\n' "$1" >"$2" && chmod 755 "$2""#, "sh", "#!\(interpreter)\n\(text)", path,
        ]
        try await Programs.blocking {
            var pointers = arguments.map { strdup($0) } + [nil]
            var environment = [strdup("PATH=/usr/bin:/bin"), nil]
            defer { for pointer in pointers + environment { free(pointer) } }
            var child = pid_t()
            let code = Programs.start { posix_spawn(&child, "/bin/sh", nil, nil, &pointers, &environment) }
            guard code == 0 else { throw SystemError("posix_spawn", "/bin/sh", code: code) }
            var status: Int32 = 0
            try systemCall("waitpid", on: path) { waitpid(child, &status, 0) }
            guard status == 0 else { throw SystemError("sh", path, code: EIO) }
        }
        return path
    }
}
