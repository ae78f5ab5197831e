import Commands
import ControlAPI
import Platform
import SupportDesk

/// Somebody at a terminal, or a script: runs commands and reads what they print.
struct Session {
    var language = Language.english
    var daemon = FakeDaemon()
    /// Columns; nil for a pipe.
    var width: Int?
    var colour = false
    var typed = ""
    var inputIsTerminal = false
    var environment: [String: String] = [:]
    /// Where the clock stands; it moves on by each pause, and by a minute with each event poll that finds nothing.
    let now = Locked(Session.noon)

    /// 2026-11-23T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1795435200_000)

    struct Outcome {
        var status: Int32
        var out: String
        var errors: String
    }

    func run(_ arguments: String...) async -> Outcome {
        await run(arguments)
    }

    func run(_ arguments: [String]) async -> Outcome {
        let output = Capture()
        let errors = Capture()
        let status = await Assistctl.run(arguments: arguments, in: context(output, errors))
        return Outcome(status: status, out: output.text, errors: errors.text)
    }

    func context(_ output: Capture = Capture(), _ errors: Capture = Capture()) -> CommandContext {
        let rest = Locked(Array(typed.utf8))
        let input = Input(isTerminal: inputIsTerminal) { count in
            rest.withLock { rest in
                let piece = Array(rest.prefix(count))
                rest.removeFirst(piece.count)
                return piece
            }
        }
        let now = now
        let daemon = daemon
        return CommandContext(
            language: language, output: output, errors: errors, input: input, width: width,
            errorsAreTerminal: width != nil, colour: colour,
            clock: WallClock { now.current },
            // An hour east of Greenwich, whatever the season.
            zone: Zone(identifier: "local") { _ in 3600 },
            environment: environment, pause: { length in now.withLock { $0 = $0 + length } },
            transport: { _ in daemon },
            examine: { file in
                DoctorView(checks: [
                    .init(name: "examined", verdict: "ok", text: file, textFR: file, mend: nil, mendFR: nil)
                ])
            })
    }
}

/// Keeps what is written.
final class Capture: Output {
    private let bytes = Locked<[UInt8]>([])

    var isBroken: Bool { false }
    var text: String { String(decoding: bytes.current, as: UTF8.self) }

    func write(_ piece: UnsafeRawBufferPointer) {
        let copy = Array(piece)
        bytes.withLock { $0 += copy }
    }
}
