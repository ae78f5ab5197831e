import SupportDesk
import Testing

@Suite("What this program wrote is no report")
struct OwnWordsTests {
    private func code(_ text: String) -> Reason.Code? {
        refused { () throws(Rejection) in
            text.hasPrefix("{") ? try JSONReport.parse(Array(text.utf8)) : try ReportParser.parse(Array(text.utf8))
        }?.code
    }

    @Test(
        "dropped back by mistake it is refused as a loop",
        arguments: [
            "Référence : ASD-4F7K-9M2T-X8QB\r\nÉtat      : remis (relayed)\r\nLicence   : 00012344\r\n\r\nVotre rapport\r\n",
            "Reference: ASD-4F7K-9M2T-X8QB\nReport concerned: ASD-4F7K-9M2T-X8QC\nState: waiting (held)\nLicense: 1234\n\nx",
            "State: queued\nLicense: 1234\nReference: asd4f7k9m2tx8qb\n\nx",
            "Rapport refusé : panne.txt\r\nRéférence ASD-4F7K-9M2T-X8QB, le 24/11/2026 à 14:30, motif bad_license\r\n\r\nx",
            "Report refused: panne.txt\nReference ASD-4F7K-9M2T-X8QB, 24/11/2026, reason bad_license\n\nx",
            #"{"reference": "ASD-4F7K-9M2T-X8QB", "kind": "report", "state": "relayed", "license": "1234", "description": "x"}"#,
            #"{"state": "failed", "license": "1234", "reference": "ASD-4F7K-9M2T-X8QB", "description": "x"}"#,
            "Date: x\nX-Assistd-Reference: ASD-4F7K-9M2T-X8QB\nLicence: 1234\n\nx",
        ])
    func loops(_ text: String) {
        #expect(code(text) == .loop)
    }

    @Test(
        "what looks a little like it is taken",
        arguments: [
            "Licence : 1234\nRéférence : ASD-4F7K-9M2T-X8QB\n\nSuite de ce rapport.",
            "Licence : 1234\nÉtat : bloqué (relayed)\nRéférence : HM-1\n\nx",
            "Licence : 1234\nRéférence : ASD-4F7K-9M2T-X8QB\nÉtat : bloqué\n\nx",
            "Licence : 1234\nRapport refusé : hier\n\nx",
            "Licence : 1234\n\nRéférence : ASD-4F7K-9M2T-X8QB\nÉtat : remis (relayed)\n",
        ])
    func reports(_ text: String) {
        #expect(code(text) == nil)
    }
}
