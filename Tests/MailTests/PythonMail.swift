import Foundation
import TestSupport
import Testing

/// A second opinion: Python's `email` package reads the same bytes.
struct PythonMail: Decodable {
    let subject: String
    let replyTo: [[String]]
    let text: [UInt8]
    let attachments: [File]
    let defects: [String]

    struct File: Decodable {
        let name: String
        let content: [UInt8]
    }

    static let interpreter = "/usr/bin/python3"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: interpreter) }

    /// Reads messages, all in one run.
    static func read(_ messages: [[UInt8]]) throws -> [PythonMail] { try run(script, on: messages) }

    /// Has a script read messages; it prints a list with something for each of them, as JSON.
    static func run<Seen: Decodable>(_ script: String, on messages: [[UInt8]]) throws -> [Seen] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = messages.indices.map { folder.appendingPathComponent("\($0).eml") }
        for (file, message) in zip(files, messages) { try Data(message).write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments = ["-I", "-c", script] + files.map(\.path)
        let output = try Programs.start {
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            return output
        }
        let json = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let read = try JSONDecoder().decode([Seen].self, from: json)
        try #require(read.count == messages.count)
        return read
    }

    private static let script = """
        import email, email.policy, json, sys
        def read(path):
            m = email.message_from_binary_file(open(path, 'rb'), policy=email.policy.default)
            defects = [repr(d) for p in m.walk() for d in p.defects]
            defects += [name + ': ' + repr(d) for p in m.walk() for name, v in p.items() for d in v.defects]
            return dict(
                subject=m['Subject'],
                replyTo=[[a.display_name, a.addr_spec] for a in m['Reply-To'].addresses] if 'Reply-To' in m else [],
                text=list(m.get_body(('plain',)).get_payload(decode=True)),
                attachments=[dict(name=a.get_filename(), content=list(a.get_payload(decode=True)))
                    for a in m.iter_attachments()],
                defects=defects)
        print(json.dumps([read(path) for path in sys.argv[1:]]))
        """
}
