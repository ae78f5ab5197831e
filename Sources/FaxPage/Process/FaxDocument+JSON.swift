import FoundationEssentials
import SupportDesk

extension FaxDocument {
    /// Reads what the daemon wrote.
    init(json: [UInt8]) throws(PageFault) {
        do {
            self = try JSONDecoder().decode(FaxDocument.self, from: Data(json))
        } catch let error as DecodingError {
            throw .input(Self.reason(error))
        } catch {
            throw .input("it is no JSON")
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "“\(path(context.codingPath + [key]))” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.codingPath.isEmpty
                ? "it is no JSON object" : "“\(path(context.codingPath))” is of another type"
        default: "it is no JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }
}

extension FaxDocument.Picture {
    /// The picture file; nil where the content is no base64.
    var file: [UInt8]? {
        Data(base64Encoded: content, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
    }
}
