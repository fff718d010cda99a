internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Being asked into somebody's circle: only who was asked says yes, and sees nothing before.
extension CircleMember {
  /// Where the viewer was asked, and did not answer yet: their address at work, in the role of their account.
  static func invitations(of viewer: Viewer, _ reader: Reader) throws -> [CircleMember] {
    let account = try reader.get(Account.self, viewer.account.retyped())
    guard account.resident == nil, let email = account.email else { return [] }
    return try reader.all(
      CircleMember.self,
      """
      where invited_blind = \(reader.blinded(Account.normalised(email))) and role = \(account.role) and account is null
      and until_on is null order by from_on, id limit 20
      """)
  }

  /// The answer of who was asked.
  static func answer(
    _ id: ID<CircleMember>, isYes: Bool, _ viewer: Viewer, _ transaction: Transaction
  ) throws -> CircleMember {
    guard var member = try invitations(of: viewer, transaction).first(where: { $0.id == id }) else {
      throw Problem.notFound
    }
    member.invitedEmail = nil
    guard isYes else { return try transaction.put(member) }
    member.account = viewer.account.retyped()
    member.organisation = viewer.organisation?.retyped()
    try Relation.open(
      member.resident, for: .person(viewer.account.retyped()), role: member.role, ground: .agreement, transaction)
    return try transaction.put(member)
  }
}

/// What waits for an answer, on one's own first page. Nobody's name stands there before the yes.
struct CircleInvitations {
  private let members: [CircleMember]

  init(_ looker: Looker) throws { members = try CircleMember.invitations(of: looker.viewer, looker.reader) }

  func show(_ visit: Visit, _ html: inout HTML) {
    guard !members.isEmpty else { return }
    let t = visit.texts
    html.card(t("circle.asked")) { html in
      html(.ul, .class("lines")) { html in
        for member in members {
          html(.li) { html in
            html(.p, text: t("circle.askedAs", ["role": t("role.\(member.role.rawValue)")]))
            html(.div, .class("actions")) { html in
              let path = "/circle-invitations/\(member.id)"
              visit.button(&html, to: path, t("circle.yes"), class: "button main", hidden: ["answer": "yes"])
              visit.button(&html, to: path, t("circle.no"), class: "button quiet", hidden: ["answer": "no"])
            }
          }
        }
      }
    }
  }
}

extension ResidentSlice {
  var invitationRoutes: [Route] {
    [
      trail.verb("/circle-invitations/{member}", name: "circle.answer", policy: .signedIn) {
        visit, transaction, looker in
        let isYes = visit.form["answer"] == "yes"
        let member = try CircleMember.answer(visit.id("member"), isYes: isYes, looker.viewer, transaction)
        return .go(to: isYes ? "/residents/\(member.resident)?done=circle.joined" : "/?done=circle.declined")
      }
    ]
  }
}
