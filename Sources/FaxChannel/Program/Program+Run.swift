import Platform
import Subprocess
import SupportDesk

extension Program {
    /// Runs it to its end and tells what it left; how it ended is for the caller to judge.
    ///
    /// - Parameter sleeper: how the time passes after which it is killed.
    func run(input: [UInt8] = [], sleeper: Sleeper = .system) async throws(Fault) -> Result {
        if let flaw { throw flaw }
        enum Event: Sendable {
            case ended(Swift.Result<Result, Fault>)
            case timeIsUp
            case stopped
        }
        let outcome = await withTaskGroup(of: Event.self) { group -> Swift.Result<Result, Fault> in
            group.addTask { .ended(await execute(input)) }
            group.addTask { await sleeper.sleep(timeout) ? .timeIsUp : .stopped }
            var isLate = false
            for await event in group {
                switch event {
                case .ended(let result):
                    group.cancelAll()
                    // What it printed was no longer read to the end.
                    if isLate { return .failure(.timedOut) }
                    return Task.isCancelled ? .failure(.interrupted) : result
                case .timeIsUp:
                    isLate = true
                    // Kills the program: its task ends with it.
                    group.cancelAll()
                case .stopped: continue
                }
            }
            return .failure(.interrupted)
        }
        return try outcome.get()
    }

    private func execute(_ input: [UInt8]) async -> Swift.Result<Result, Fault> {
        var options = PlatformOptions()
        // A group of its own, so that what it starts can be killed with it. Politeness has no use: what does not
        // answer in time may not answer a polite signal either.
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))
        ]
        do {
            let result = try await Subprocess.run(
                .path(literal(path)), arguments: Arguments(arguments), environment: .custom(named(variables)),
                platformOptions: options, input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        // Whoever does not want all of it closes its end: no fault of this side.
                        _ = try? await execution.standardInputWriter.write(input)
                        try? await execution.standardInputWriter.finish()
                    }
                    async let output = collect(execution.standardOutput, upTo: outputLimit)
                    async let errors = collect(execution.standardError, upTo: 64 * 1024)
                    return await (output, errors)
                }
            }
            let (output, errors) = result.closureResult
            let ending: Ending =
                switch result.terminationStatus {
                case .exited(let code): .exited(code)
                case .signaled(let signal): .signaled(signal)
                }
            return .success(
                Result(ending: ending, output: output.bytes, isCut: output.isCut, errors: errors.bytes))
        } catch {
            return .failure(.notStarted(String(describing: error).harmless))
        }
    }

    private func collect(
        _ sequence: SubprocessOutputSequence, upTo limit: Int
    ) async -> (bytes: [UInt8], isCut: Bool) {
        var bytes: [UInt8] = []
        var isCut = false
        do {
            for try await buffer in sequence {
                let room = limit - bytes.count
                isCut = isCut || buffer.count > room
                buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(room)) }
            }
        } catch {
            // What came before it counts; a program that was cut off shows in how it ended.
        }
        return (bytes, isCut)
    }

    private func named(_ variables: [String: String]) -> [Environment.Key: String] {
        Dictionary(uniqueKeysWithValues: variables.map { (literal($0.key), $0.value) })
    }
}

/// Makes a value whose type has no public initializer but that of literals, or one of a module that is not imported.
private func literal<Value: ExpressibleByStringLiteral>(_ text: String) -> Value
where Value.StringLiteralType == String {
    Value(stringLiteral: text)
}
