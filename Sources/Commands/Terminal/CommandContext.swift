package import ControlAPI
import FoundationEssentials
import Glibc
import Platform
package import SupportDesk
import UnixSocketHTTP

/// Everything a command touches of the world around it; tests put doubles here.
package struct CommandContext: Sendable {
    package var language: Language
    package var output: any Output
    /// Errors, and remarks that must not get into a pipe.
    package var errors: any Output
    package var input: Input
    /// Columns of the terminal the output goes to; nil where it is none, and then nothing is cut short.
    package var width: Int?
    /// A person reads the errors as they come.
    package var errorsAreTerminal: Bool
    package var colour: Bool
    package var clock: WallClock
    package var zone: Zone
    package var environment: [String: String]
    /// Waits between two tries.
    package var pause: @Sendable (Duration) -> Void
    /// The way to the daemon that listens on a socket.
    package var transport: @Sendable (_ socket: String) -> any ControlTransport
    /// Has everything checked that can be without the daemon, by the configuration in a file.
    package var examine: @Sendable (_ file: String) async -> DoctorView
    /// The file named by `--config`.
    package var configurationFile: String?
    /// `--json`.
    package var json = false

    package init(
        language: Language, output: any Output, errors: any Output, input: Input, width: Int?,
        errorsAreTerminal: Bool, colour: Bool, clock: WallClock, zone: Zone, environment: [String: String],
        pause: @escaping @Sendable (Duration) -> Void,
        transport: @escaping @Sendable (_ socket: String) -> any ControlTransport,
        examine: @escaping @Sendable (_ file: String) async -> DoctorView
    ) {
        self.language = language
        self.output = output
        self.errors = errors
        self.input = input
        self.width = width
        self.errorsAreTerminal = errorsAreTerminal
        self.colour = colour
        self.clock = clock
        self.zone = zone
        self.environment = environment
        self.pause = pause
        self.transport = transport
        self.examine = examine
    }

    /// What this process was started with.
    package static func ofThisProcess() -> CommandContext {
        let environment = ProcessInfo.processInfo.environment
        let width = terminalWidth(of: STDOUT_FILENO, environment: environment)
        return CommandContext(
            language: Language(environment: environment),
            output: DescriptorOutput(STDOUT_FILENO), errors: DescriptorOutput(STDERR_FILENO), input: .standard,
            width: width, errorsAreTerminal: isatty(STDERR_FILENO) == 1,
            // https://no-color.org: set and not empty.
            colour: width != nil && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb",
            clock: .system, zone: .local, environment: environment,
            pause: { duration in usleep(UInt32(clamping: duration.wholeMilliseconds * 1000)) },
            transport: { UnixSocketClient(socket: $0) },
            examine: { await DaemonProgram.found().examine(file: $0) })
    }

    private static func terminalWidth(of descriptor: Int32, environment: [String: String]) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Words in the language of whoever runs the command.
    func say(fr french: String, en english: String) -> String {
        Bilingual(fr: french, en: english)[language]
    }

    /// A value of the control API as one line of JSON.
    func emit(_ value: some Encodable) throws {
        output.line(String(decoding: try ControlAPI.json(value), as: UTF8.self))
    }

    /// Something went wrong: in words for a person, or as JSON for a program.
    package func complain(_ failure: CommandFailure) {
        if json, let bytes = try? ControlAPI.json(failure.view) {
            errors.line(String(decoding: bytes, as: UTF8.self))
        } else {
            errors.line("assistctl: " + failure.explanation[language].harmlessLines)
        }
    }

    /// A remark that a program reading JSON is spared.
    func remark(fr french: String, en english: String) {
        if !json { errors.line(say(fr: french, en: english).harmlessLines) }
    }
}
