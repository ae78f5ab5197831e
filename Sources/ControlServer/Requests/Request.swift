import ControlAPI
import Foundation
import NIOCore
import NIOHTTP1
import SupportDesk

/// One request, its body whole.
struct Request: Sendable {
    var method: HTTPMethod
    var path: [String]
    var query: [(name: String, value: String)]
    var contentType: String
    var body: [UInt8]
    var caller: Caller

    init(head: HTTPRequestHead, body: [UInt8], caller: Caller) {
        let target = RequestTarget(head.uri)
        method = head.method
        path = target.path
        query = target.query
        contentType = head.headers.first(name: "content-type") ?? ""
        self.body = body
        self.caller = caller
    }

    /// Every value of a query parameter; empty ones count as absent.
    func all(_ name: String) -> [String] {
        query.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    func first(_ name: String) -> String? { all(name).first }

    /// A parameter read as something; a value that cannot be read refuses the request.
    func first<Value>(_ name: String, as read: (String) -> Value?) throws(Refusal) -> Value? {
        guard let text = first(name) else { return nil }
        guard let value = read(text) else {
            throw .badRequest(
                fr: "Le paramètre « \(name) » n'a pas une valeur connue : « \(text.harmless) ».",
                en: "Parameter “\(name)” has no known value: “\(text.harmless)”.")
        }
        return value
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws(Refusal) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw .badRequest(fr: "Le corps n'est pas le JSON attendu.", en: "The body is not the JSON expected.")
        }
    }

    /// A reference in the path.
    func reference(_ text: String) throws(Refusal) -> Reference {
        guard let reference = Reference(text) else {
            throw .badRequest(
                fr: "« \(text.harmless) » n'est pas une référence ; elle a la forme ASD-4F7K-9M2T-X8QB.",
                en: "“\(text.harmless)” is no reference; one looks like ASD-4F7K-9M2T-X8QB.")
        }
        return reference
    }
}
