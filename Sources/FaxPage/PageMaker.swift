import Glibc
package import SupportDesk

/// Sets a fax on pages: the program `assistd-faxpage`, and what it does.
package enum PageMaker {
    /// Bytes of JSON.
    static let mostInput = 64 << 20

    /// A PDF file and how many pages it has.
    package struct Pages: Hashable, Sendable {
        package var count: Int
        package var pdf: [UInt8]
    }

    /// Runs the program: a document from standard input, `pages N` and a PDF file to standard output.
    ///
    /// - Returns: the exit status, by `PageFault`; 0 where all is well.
    package static func run() -> Int32 {
        do throws(PageFault) {
            try Confinement.begin()
            let document = try FaxDocument(json: try StandardStreams.read(limit: mostInput))
            let pages = try pages(of: document)
            try StandardStreams.write(Array("pages \(pages.count)\n".utf8) + pages.pdf, to: 1)
            return 0
        } catch {
            try? StandardStreams.write(Array("assistd-faxpage: \(error.sentence)\n".utf8), to: 2)
            return error.exitStatus
        }
    }

    /// Lays a document out and draws it. Equal documents give equal bytes.
    package static func pages(of document: FaxDocument) throws(PageFault) -> Pages {
        let setter = try TextSetter()
        let pages = FaxLayout(document, setter: setter).pages
        return Pages(count: pages.count, pdf: try PDFDrawing.draw(pages, running: document.running, setter: setter))
    }
}
