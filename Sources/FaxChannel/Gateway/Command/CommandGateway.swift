package import Configuration
package import Platform
package import SupportDesk

/// Sends faxes with two programs of the administrator's: one takes a fax, the other tells how it does.
///
/// What they are given, print and exit with is described in `config/fax/send-fax`.
package struct CommandGateway: FaxGateway {
    package let endpoint: String
    package let pollInterval = Duration.seconds(30)
    package let findsByTag = false

    private let submitting: CommandTemplate
    /// nil: there is nothing to ask afterwards.
    private let asking: CommandTemplate?
    private let timeout: Duration
    private let outbox: DocumentFolder
    private let environment: [String: String]
    private let sleeper: Sleeper

    /// - Parameters:
    ///   - environment: where the programs' `PATH`, `LANG` and `HOME`, and the folder for documents come from.
    /// - Throws: where the settings cannot work.
    package init(
        _ settings: Settings.Fax, environment: [String: String], sleeper: Sleeper = .system
    ) throws(ChannelFault) {
        let command = settings.command
        submitting = try CommandTemplate("fax.command.submit", command.submit, needs: "{file}")
        asking =
            command.status.isEmpty
            ? nil : try CommandTemplate("fax.command.status", command.status, needs: "{job}", alone: true)
        endpoint = "command \(submitting.path.harmless)"
        timeout = command.timeout
        outbox = DocumentFolder(environment: environment)
        self.environment = environment
        self.sleeper = sleeper
    }

    package var callsOff: Bool { false }

    package func submit(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover {
        let file = try await outbox.write(job.document, named: "\(job.tag.reference)-\(job.tag.attempt).pdf")
        let placeholders = FaxPlaceholders(job, others: ["file": file])
        let arguments = submitting.arguments.map(placeholders.fill)
        // Not a child of this task: a hand-over that was begun must not be broken off when the service stops.
        let result = await Task { await run(submitting, arguments) }.value
        await outbox.remove(file)
        switch result {
        case .failure(.timedOut), .failure(.interrupted):
            return .over(
                FaxOutcome(
                    .uncertain(.handover),
                    text: "\(submitting.name) did not end within \(timeout.components.seconds) s and was stopped"))
        case .failure(let fault): throw submitting.fault(fault)
        case .success(let result): return try handover(result)
        }
    }

    private func handover(_ result: Program.Result) throws(ChannelFault) -> FaxHandover {
        let complaint = result.complaint
        switch result.ending {
        case .exited(0):
            let job = firstLine(of: result.output)
            guard asking != nil else { return .over(FaxOutcome(.relayed, text: job)) }
            // What begins with a dash would be an option to the other program.
            guard !job.isEmpty, !job.hasPrefix("-"), !job.contains("\u{FFFD}"), job.utf8.count <= 200 else {
                return .over(FaxOutcome(.relayed, text: "taken, but \(submitting.name) names no job: \(job)"))
            }
            return .job(job)
        case .exited(let code):
            if let fault = submitting.fault(code: code, complaint) { throw fault }
            return .over(
                FaxOutcome(
                    .refused(.job), code: Int(code),
                    text: complaint.isEmpty ? "\(submitting.name) ended with code \(code)" : complaint))
        case .signaled(let signal):
            return .over(
                FaxOutcome(.uncertain(.handover), text: "\(submitting.name) was ended by signal \(signal)"))
        }
    }

    package func find(_ tag: FaxTag) async throws(ChannelFault) -> String? {
        throw .unsearchable(endpoint)
    }

    package func standing(of job: String) async throws(ChannelFault) -> FaxStanding {
        guard let asking else { return .unknown }
        let arguments = asking.arguments.map { $0.replacing("{job}", with: job) }
        switch await run(asking, arguments) {
        case .failure(let fault): throw asking.fault(fault)
        case .success(let result):
            switch result.ending {
            case .exited(0): return FaxStanding(printed: firstLine(of: result.output))
            case .exited(let code):
                throw asking.fault(code: code, result.complaint) ?? asking.failed(code: code, result.complaint)
            case .signaled(let signal): throw asking.failed(signal: signal)
            }
        }
    }

    package func callOff(_ job: String) async throws(ChannelFault) -> Bool { false }

    package func examine() async throws(ChannelFault) -> Bilingual {
        for line in [submitting, asking].compactMap({ $0 }) {
            if let flaw = Program(path: line.path, timeout: timeout).flaw { throw line.fault(flaw) }
        }
        let programs = [submitting.path, asking?.path].compactMap { $0 }.joined(separator: ", ")
        return Bilingual(
            fr: "\(programs) : présent et exécutable ; rien n'a été lancé.",
            en: "\(programs): present and executable; nothing was run.")
    }

    private func run(
        _ line: CommandTemplate, _ arguments: [String]
    ) async -> Result<Program.Result, Program.Fault> {
        let program = Program(path: line.path, arguments: arguments, timeout: timeout, environment: environment)
        do throws(Program.Fault) {
            return .success(try await program.run(sleeper: sleeper))
        } catch {
            return .failure(error)
        }
    }
}

extension ChannelFault {
    /// A gateway that cannot be searched was asked to: that it finds nothing would say too much.
    static func unsearchable(_ endpoint: String) -> Self {
        ChannelFault(
            .configuration,
            fr: "\(endpoint) ne permet pas de retrouver un fax déjà remis ; vérifiez auprès du service s'il est parti.",
            en: "\(endpoint) offers no way to find a fax already handed over; check with the service whether it left.")
    }
}
