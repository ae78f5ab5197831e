internal import CPango

/// Draws pages into a PDF file.
enum PDFDrawing {
    /// - Parameter running: the line at the top of each page, with its placeholders.
    static func draw(_ pages: [Page], running: String, setter: TextSetter) throws(PageFault) -> [UInt8] {
        let file = Received()
        let surface = cairo_pdf_surface_create_for_stream(
            { file, bytes, count in
                guard let file, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Received>.fromOpaque(file).takeUnretainedValue().bytes +=
                    UnsafeBufferPointer(start: bytes, count: Int(count))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(file).toOpaque(), Sheet.width, Sheet.height)
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4)
        // Equal documents are to give equal files.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
        let pen = Pen(surface: surface)
        for (index, page) in pages.enumerated() {
            let line = running.replacing("{n}", with: "\(index + 1)").replacing("{N}", with: "\(pages.count)")
            pen.draw(setter.row(line, .body, x: Sheet.left, width: Sheet.textWidth), y: Sheet.runningTop)
            pen.drawRule(y: Sheet.runningRule, thickness: Sheet.thinRule)
            draw(page, with: pen)
            cairo_show_page(pen.cairo)
        }
        let drawn = cairo_status(pen.cairo)
        cairo_surface_finish(surface)
        let finished = cairo_surface_status(surface)
        for status in [drawn, finished] where status != CAIRO_STATUS_SUCCESS {
            throw .drawing(cairo_status_to_string(status).map { String(cString: $0) } ?? "cairo failed")
        }
        return withExtendedLifetime(file) { file.bytes }
    }

    private static func draw(_ page: Page, with pen: Pen) {
        cairo_save(pen.cairo)
        defer { cairo_restore(pen.cairo) }
        // Marks heaped on a letter must not reach the line of the fax server.
        cairo_rectangle(pen.cairo, 0, Sheet.top, Sheet.width, Sheet.height - Sheet.top)
        cairo_clip(pen.cairo)
        var box: (top: Double, bottom: Double)?
        func closeBox() {
            if let open = box { pen.drawBox(from: open.top - Sheet.padding, to: open.bottom + Sheet.padding) }
            box = nil
        }
        for (row, y) in page.rows {
            if row.mark == .boxed { box = (box?.top ?? y, y + row.height) } else { closeBox() }
            if row.mark == .rule { pen.drawRule(y: y, thickness: row.height) }
            pen.draw(row, y: y)
        }
        closeBox()
        if let (dots, y) = page.picture { pen.draw(dots, below: y) }
    }

    private final class Received {
        var bytes: [UInt8] = []
    }
}
