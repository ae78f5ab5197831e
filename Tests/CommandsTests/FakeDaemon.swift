import Commands
import ControlAPI
import Platform
import SupportDesk
import UnixSocketHTTP

/// A daemon that answers from a list, and remembers what it was asked.
final class FakeDaemon: ControlTransport {
    let socket: String
    private let answers: Locked<[String: [Result<UnixSocketAnswer, UnixSocketFailure>]]>
    private let asked = Locked<[UnixSocketRequest]>([])

    init(socket: String = "/run/fake.sock") {
        self.socket = socket
        answers = Locked([:])
    }

    /// Answers the next request whose target begins so; the last answer given serves again and again.
    func answer(_ target: String, _ value: some Encodable) {
        answer(target, 200, value)
    }

    func answer(_ target: String, _ status: Int, _ value: some Encodable) {
        let body = (try? ControlAPI.json(value)) ?? []
        add(target, .success(UnixSocketAnswer(status: status, body: body)))
    }

    func answer(_ target: String, bytes: [UInt8]) {
        add(target, .success(UnixSocketAnswer(status: 200, body: bytes)))
    }

    func fail(_ target: String, _ kind: UnixSocketFailure.Kind) {
        add(target, .failure(UnixSocketFailure(kind, socket: socket, detail: "as the test wants")))
    }

    func refuse(_ target: String, _ status: Int, code: String) {
        answer(target, status, ErrorView(ReasonView(code: code, text: "Refused.", textFR: "Refusé.")))
    }

    private func add(_ target: String, _ answer: Result<UnixSocketAnswer, UnixSocketFailure>) {
        answers.withLock { $0["/v1/" + target, default: []].append(answer) }
    }

    var requests: [UnixSocketRequest] { asked.current }
    var targets: [String] { requests.map(\.target) }

    func send(
        _ request: UnixSocketRequest, writingTo writer: (@Sendable (UnsafeRawBufferPointer) -> Bool)?
    ) throws(UnixSocketFailure) -> UnixSocketAnswer {
        asked.withLock { $0.append(request) }
        let answer = answers.withLock { answers -> Result<UnixSocketAnswer, UnixSocketFailure>? in
            let key = answers.keys.filter { request.target.hasPrefix($0) }.max { $0.count < $1.count }
            guard let key, let list = answers[key], let first = list.first else { return nil }
            if list.count > 1 { answers[key] = Array(list.dropFirst()) }
            return first
        }
        guard let answer else {
            throw UnixSocketFailure(.broken, socket: socket, detail: "the test did not expect \(request.target)")
        }
        let found = try answer.get()
        guard let writer, found.status == 200 else { return found }
        _ = found.body.withUnsafeBytes { writer($0) }
        return UnixSocketAnswer(status: 200, body: [])
    }
}
