/// How a fax service is spoken to over HTTP: a file of its own, so that one more service is no new program.
package struct FaxProfile: Hashable, Sendable {
    package enum Authentication: String, Sendable, CaseIterable {
        case basic, bearer, none
    }

    package enum Body: String, Sendable, CaseIterable {
        /// The PDF file itself.
        case document
        /// A form (RFC 7578) with the PDF file among its parts.
        case multipart
        /// JSON with the PDF file in base64.
        case json
    }

    /// A request, placeholders open.
    package struct Request: Hashable, Sendable {
        package var method = "GET"
        /// Begins with a slash.
        package var path: String
        package var query: [String: String] = [:]
        package var headers: [String: String] = [:]

        package init(path: String) { self.path = path }
    }

    package struct Submission: Hashable, Sendable {
        package var request = Request(path: "")
        package var body = Body.document
        /// Of a form; `{document}` is the PDF file.
        package var parts: [String: String] = [:]
        /// For JSON; `{document_base64}` is the PDF file.
        package var json = ""
        /// Where the job's name is: `location`, or a path in the answer's JSON.
        package var job = ""

        package init() {}
    }

    package struct Search: Hashable, Sendable {
        package var request = Request(path: "")
        /// The path of the list in the answer; empty where the answer is the list.
        package var list = ""
        /// The path of the job's name in an entry.
        package var job = "id"
        /// The path of the tag in an entry: only one with the very tag counts.
        package var tag = ""

        package init() {}
    }

    package struct Question: Hashable, Sendable {
        package var request = Request(path: "")
        /// Paths in the answer whose values, joined with slashes, are the state.
        package var state: [String] = []
        package var text: [String] = []
        /// The path of the number of pages confirmed; nil where it is not told.
        package var pages: String?
        package var totalPages: String?
        package var calls: String?
        package var states = FaxStates()

        package init() {}
    }

    /// As people call it.
    package var name: String
    /// What paths are appended to; nil where `fax.http.url` must say.
    package var url: String?
    package var authentication = Authentication.basic
    package var pollInterval = Duration.seconds(60)
    package var submit = Submission()
    package var find: Search?
    package var poll: Question?
    package var cancel: Request?
    /// Changes nothing and costs nothing.
    package var examine: Request?

    init(name: String) { self.name = name }
}
