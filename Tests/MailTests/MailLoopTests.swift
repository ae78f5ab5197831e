import Mail
import SupportDesk
import Testing

@Suite("Mails that must not go round in circles")
struct MailLoopTests {
    private func code(_ header: String) -> Reason.Code? {
        do throws(Rejection) {
            _ = try EmlReader.read(Array("From: a@b.fr\r\nX-Licence: 12345678\r\n\(header)\r\n\r\nBonjour\r\n".utf8))
            return nil
        } catch {
            return error.reason.code
        }
    }

    @Test(
        "answers of programs, mail of lists, bounces and what began here",
        arguments: [
            "Auto-Submitted: auto-replied", "auto-submitted: AUTO-GENERATED; x=y", "X-Loop: yes", "X-Autoreply: yes",
            "Precedence: bulk", "precedence: Junk", "Precedence: list", "Precedence: auto_reply", "Return-Path: <>",
            "Return-Path:  < >", "X-Assistd-Reference: ASD-3DMV-9EK3-1WTE", "X-Autorespond: x",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
            "Message-ID: <asd-3dmv-9ek3-1wte@exemple.fr>", "In-Reply-To: <asd-3dmv-9ek3-1wte@exemple.fr>",
            "References: <a@b.fr> <ASD-3DMV-9EK3-1WTE@exemple.fr>\r\n <c@d.fr>",
            "References: <asd-3dmv-9ek3-1wte-fax-2@exemple.fr>", "Resent-Message-ID: <asd-3dmv-9ek3-1wte@x.fr>",
        ])
    func loops(_ header: String) {
        #expect(code(header) == .loop)
    }

    @Test(
        "what a person sent is taken",
        arguments: [
            "Auto-Submitted: no", "Auto-Submitted: No (person)", "Precedence: first-class",
            "Return-Path: <marie@exemple.fr>",
            "Content-Type: text/plain", "Message-ID: <asd-x@exemple.fr>", "References: <a@b.fr> <asd@c.fr>",
            "In-Reply-To: <asd-3dmv-9ek3@exemple.fr>", "Message-ID: <asd-3dmv-9ek3-1wte-suite@exemple.fr>",
            "Subject: Auto-Submitted: auto-replied", "List-Id: x",
        ])
    func people(_ header: String) {
        #expect(code(header) == nil)
    }

    @Test("everything this program sends is known when it comes back")
    func ownMail() throws {
        let report = Fixture.report()
        let composer = try Fixture.composer()
        let notice = NoticeDraft(
            reference: Fixture.reference, sentAt: Fixture.received, subject: "x", text: "y", isAutomatic: true)
        let fax = FaxMail(
            reference: Fixture.reference, attempt: 2, sentAt: Fixture.received, sender: try Mailbox(address: "a@b.fr"),
            recipient: try Mailbox(address: "c@d.fr"), subject: "x", text: "y",
            attachment: Attachment(name: "a.pdf", content: [1]))
        for message in [try composer.compose(Fixture.draft(report)), composer.compose(notice), try fax.compose()] {
            let text = String(decoding: message, as: UTF8.self)
            // Also where a gateway on the way took our own field out.
            for known in [
                text, text.replacing("X-Assistd-Reference", with: "X-Other").replacing("Auto-Submitted", with: "X-A"),
            ] {
                #expect(throws: Rejection.self) { try EmlReader.read(Array(known.utf8)) }
                do throws(Rejection) { _ = try EmlReader.read(Array(known.utf8)) } catch {
                    #expect(error.reason.code == .loop)
                }
            }
        }
    }
}
