import SupportDesk
import Testing

/// What support needs to read, from reports as they are written: nothing of it may be taken for a secret.
@Suite("What is no secret stays readable")
struct SecretCorpusTests {
    static let reports = [
        """
        Bonjour,
        Depuis la mise à jour 9.5 build 1155 (19/06/2023), la validation d'une facture affiche « Violation d'accès à
        l'adresse 00000000004A3F2C dans le module 'GestimumGestion.exe'. Lecture de l'adresse 0000000000000010 ».
        Licence : 00012344. Commande n° CC-2026-0042-17, facture FA20261124000123, avoir AV-2026-11-00042.
        Tél. 01 34 84 09 84 ou +33 6 12 34 56 78, fax 01.30.41.77.81.
        """,
        """
        Échec de la connexion de l'utilisateur 'sa'. (Microsoft SQL Server, erreur : 18456)
        Mot de passe : oublié par le client. Le mot de passe est refusé. Mot de passe incorrect !
        Le client a perdu son mot de passe, merci de le réinitialiser.
        Message : « Saisissez votre mot de passe » puis « mot de passe invalide : recommencez ».
        Menu Outils > Utilisateurs > Mot de passe > Modifier. Password: required. Password is wrong.
        [SqlException (0x80131904): Login failed for user 'sa'. ClientConnectionId:8f14e45f-ceea-467f-a1d1-0a2b3c4d5e6f]
        """,
        """
        commit 3f786850e387550fdab836ed7e6dc881de23001b, md5 d41d8cd98f00b204e9800998ecf8427e,
        sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        MD5 D41D8CD98F00B204E9800998ECF8427E  CRC32 CBF43926  PublicKeyToken=b77a5c561934e089
        {00020812-0000-0000-C000-000000000046} CLSID {3F2504E0-4F89-11D3-9A0C-0305E82C3301}
        ID de rapport : 3F2504E0-4F89-11D3-9A0C-0305E82C3301, Volume{9A0C3301-4F89-11D3-9A0C-0305E82C3301}
        RIP=0x00007FF6A1B2C3D4 RSP=000000A1B2C3D4E8 RBX=FFFFF80012345ABC
        4D5A 9000 0300 0000 0400 0000 FFFF 0000
        """,
        """
        Société Lefèvre, SIREN 732 829 320, SIRET 732 829 320 00074, TVA FR 40 732829320, code NAF 6201Z
        EAN 3760012345678, 4006381333931, lot 4012345678901234, colis 6A12345678901
        Montant 1 234 567,89 €, 12 345 678 lignes, 192.168.1.10, 192-168-1-10, port 1433, 00:1A:2B:3C:4D:5E
        Windows 10.0.19045.3693, SQL Server 15.0.2000.5, .NET 4.8.9186.0, clé USB 64 Go
        Poste PC-COMPTA-03, serveur SRV-PARIS-SQL-01, base GEST_2026, imprimante HP-M404-DN-2
        Le 2026-11-24 à 14:30:05, 24/11/2026 14h30, 2026-11-24-18, semaine 48-2026, ref ASD-4F7K-9M2T-X8QB
        """,
        """
        TeamViewer 15.42.4 ne s'ouvre pas sur le poste PC12, rappeler au 01 34 84 09 84 ou 0612345678 avant le 24/11/2026.
        Pendant la prise en main, erreur 4060 sur la commande 123456 du client 411000.
        Article A1B2-99, compte 411LEFEVRE, code journal VE, code postal 78120, code erreur : 0x8007000E
        Le code à barres 3760012345678 et le code article ABC-1234 sont faux. Code : VE.
        """,
        """
        La clé primaire PK_Facture est violée. Clé étrangère : FK_LIGNES_1. La clé de registre HKLM\\Software\\Gestimum
        La clé du tiers 411000 a disparu. Duplicate key value is (20261124, 42). Key not found: 'TVA20'.
        Licence PME, 5 connexions ; licence n° 0001-2344 ; License: 00012344
        C:\\ProgramData\\Gestimum\\Temp\\A1B2C3D4E5F60718.tmp et \\\\srv\\partage\\AB12-CD34-EF56-GH78.log
        rez-de-chaussée-haut-gauche, c'est-à-dire, peut-être, là-bas, arc-en-ciel, Saint-Rémy-lès-Chevreuse
        """,
        """
        The password was reset yesterday, but the login failed again. Passwords are stored in the database.
        Please pass the order 4500012345 on. Pass: the import. PIN of the part: see catalogue.
        Exception at 0x7ffe0300, handle 00C0FFEE, C0000005 ACCESS_VIOLATION reading 00000000
        Order SO-2026-11-0042, quote Q-2026-0017-B, ticket [#123], version 9.4.1-beta-2, UTF-8-BOM
        """,
    ]

    @Test("realistic reports come out as they went in", arguments: reports)
    func readable(_ report: String) {
        let lines = report.split(separator: "\n")
        for line in lines { #expect(String(line).masked(in: .french) == String(line)) }
        #expect(report.masked(in: .french) == report)
    }

    @Test("this program's own words hold no secret")
    func ownWords() {
        for language in Language.allCases {
            for kind in LicenseNumber.Secret.allCases {
                _ = kind
                let words = [
                    "ASD-4F7K-9M2T-X8QB", "<asd-4f7k-9m2t-x8qb@exemple.fr>", "[ASD-4F7K-9M2T-X8QB] 00012344 — Écran",
                ]
                for word in words { #expect(word.masked(in: language) == word) }
            }
        }
    }
}
