/// The templates that come with the program, word for word the files in templates/: a test compares them. They are part of the
/// program, which so finds them wherever it is copied to.
enum ShippedTemplates {
    static let all: [(name: String, text: String)] = [
        ("plain", plain),
        ("ecoa-adverse-action", adverseAction),
        ("eu-ai-act-article-86", article86),
    ]

    private static let plain = """
        {{! A letter that says why. Filled from the record alone; it is not legal advice. }}
        {{sender.name}}
        {{sender.date}}

        Why we decided as we did
        ------------------------

        This is about the decision {{id}}, recorded on {{recorded_at}} in the log {{origin}}. What follows was taken from that record;
        what the record does not have is said in brackets.

        Decision: {{outcome}}
        {{#summary.lines}}
        > {{.}}
        {{/summary.lines}}

        How it was decided:
        {{#decided}}
        - {{text}}
        {{/decided}}

        The reason that was given:
        {{#reason}}
        {{#text.lines}}
        > {{.}}
        {{/text.lines}}
        {{/reason}}

        The rules that were invoked:
        {{#principles}}
        - {{title}} ({{ref}}): {{role}}
        {{/principles}}
        {{^principles}}
        - [not recorded: principles]
        {{/principles}}

        What happened since:
        {{#after}}
        - {{text}}
        {{/after}}

        If you disagree, write to:
        {{#contact.lines}}
        > {{.}}
        {{/contact.lines}}
        and name the decision {{id}} of the log {{origin}}.

        The record shows what was stated when. It does not show that a stated reason is what caused the decision. This letter is not
        legal advice.

        """

    private static let adverseAction = """
        {{! Statement of principal reasons for an adverse action, in the manner of 12 CFR 1002.9(b) (Regulation B, United States).
            Filled from the record alone. It is not legal advice: whether it is the right notice, whether the reasons are specific
            enough, and what else is due, such as a notice on a credit report, is for your counsel to say before it is sent. }}
        {{sender.name}}
        {{sender.address}}
        {{sender.date}}

        Statement of reasons for the action taken
        -----------------------------------------

        Reference: decision {{id}}, made on {{occurred}}

        Action taken: {{outcome}}
        {{#summary.lines}}
        > {{.}}
        {{/summary.lines}}

        Principal reason or reasons, as recorded:
        {{#rationale.text.lines}}
        > {{.}}
        {{/rationale.text.lines}}
        {{#rationale_absent}}
        What is recorded of its absence: {{rationale_absent}}
        {{/rationale_absent}}
        Stated by: {{rationale.source}}; {{rationale.timing}} the decision

        Rules that were applied:
        {{#principles}}
        - {{title}} ({{ref}}): {{role}}
        {{/principles}}
        {{^principles}}
        - [not recorded: principles]
        {{/principles}}

        Information of yours that the decision was made from:
        {{#inputs}}
        - {{role}}, {{name}}: {{text}}
        {{/inputs}}
        {{^inputs}}
        - [not recorded: inputs]
        {{/inputs}}

        Part that a model had in the decision: {{role_of_ai}}

        If you have questions, or hold the decision to be wrong, write to:
        {{#contact.lines}}
        > {{.}}
        {{/contact.lines}}
        and name the decision {{id}} of the log {{origin}}.

        Notice: The Federal Equal Credit Opportunity Act prohibits creditors from discriminating against credit applicants on the
        basis of race, color, religion, national origin, sex, marital status, age (provided the applicant has the capacity to enter
        into a binding contract); because all or part of the applicant's income derives from any public assistance program; or
        because the applicant has in good faith exercised any right under the Consumer Credit Protection Act. The Federal agency that
        administers compliance with this law concerning this creditor is {{sender.agency}}.

        What stands after a sign > or between brackets was taken from our records, or is missing there. This letter is not legal
        advice.

        """

    private static let article86 = """
        {{! Explanation of an individual decision, in the manner of Article 86 of Regulation (EU) 2024/1689 (AI Act): the role of the AI
            system in the procedure, and the main elements of the decision. Filled from the record alone. It is not legal advice: whether
            the article applies, and whether this is clear and meaningful to its reader, is for you to find out before it is sent. }}
        {{sender.name}}
        {{sender.address}}
        {{sender.date}}

        Explanation of a decision that concerns you
        -------------------------------------------

        Reference: decision {{id}}, recorded on {{recorded_at}} in the log {{origin}}

        1. The decision

        Outcome: {{outcome}}
        {{#summary.lines}}
        > {{.}}
        {{/summary.lines}}

        2. The role of the AI system

        Part that it had beside people: {{role_of_ai}}
        Model: {{model.served}}
        The decision took effect: {{effective}}
        {{#decided}}
        - {{text}} [{{mark}}]
        {{/decided}}

        3. The main elements of the decision

        The reason that was given:
        {{#reason}}
        {{#text.lines}}
        > {{.}}
        {{/text.lines}}
        [{{mark}}]
        {{/reason}}

        The rules that were invoked, as they read then:
        {{#because}}
        {{#text.lines}}
        > {{.}}
        {{/text.lines}}
        {{/because}}

        What it was decided from:
        {{#it_read}}
        {{#text.lines}}
        > {{.}}
        {{/text.lines}}
        [{{mark}}]
        {{/it_read}}

        What else was considered:
        {{#instead_of}}
        {{#text.lines}}
        > {{.}}
        {{/text.lines}}
        {{/instead_of}}

        4. What happened since, people's review included
        {{#after}}
        - {{text}} [{{mark}}]
        {{/after}}

        5. If you disagree

        Write to:
        {{#contact.lines}}
        > {{.}}
        {{/contact.lines}}
        and name the decision {{id}} of the log {{origin}}.

        6. What this letter is worth
        {{#proof}}
        - {{text}} [{{mark}}]
        {{/proof}}

        Not shown to you, since it holds instructions of the application or data of others:
        {{#withheld}}
        - {{text}}
        {{/withheld}}
        {{^withheld}}
        - nothing
        {{/withheld}}

        What stands after a sign > was taken from the record as it is. This letter is not legal advice.

        """
}
