"""Plan R: an invented generic with controlled distribution. Paragraphs instead of tables in 1 to 4, tables of 5 without any rules, era years."""
from kit import *
D = datetime.date
iso = lambda d: d.isoformat()
W = era
AS_OF, APPROVED, LAUNCH, BEFORE = D(2026, 4, 10), D(2025, 2, 17), D(2025, 6, 13), D(2025, 5, 20)
SP, SR = (D(2025, 7, 1), D(2026, 3, 31)), D(2025, 12, 31)
REPORT_PLANTED = D(2026, 12, 31)
assert period_end(SR, 3) <= SP[1] < AS_OF and months_after(SP[1], 6) == D(2026, 9, 30)
A1, A9, C9, AJ = 48, 349, 351, 96
POOL = A1 + A9
PRODUCT = ["ソバリドミドカプセル2.5mg「翠風」", "ソバリドミドカプセル5mg「翠風」"]
SUBSTANCE, COMPANY, CLASS = "ソバリドミド水和物", "翠風製薬株式会社", "874291"
TER, BMS, VTE, INF, NEU, TLS = "催奇形性", "骨髄抑制", "静脈血栓塞栓症", "重篤な感染症", "末梢神経障害", "腫瘍崩壊症候群（TLS）"
SPM, CARD, REN = "二次発がん", "心不全、不整脈", "腎機能障害を有する患者への投与時の安全性"
S1 = "使用成績調査（適正管理手順の遵守状況）"
R1, R2, R3, R4 = "適正管理手順（SORA-CARE）の実施", "医療従事者向け資材（適正使用ガイド）の作成と提供", "患者向け資材（SORA-CAREの手引き）の作成と提供", "副作用発現状況の企業ホームページでの公表"
PV = {TER: [S1], BMS: [], VTE: [], INF: [], NEU: [], TLS: [], SPM: [], CARD: [], REN: []}
RM = {TER: [R1, R2, R3, R4], BMS: [R2, R3], VTE: [R2, R3], INF: [R2], NEU: [R2, R3], TLS: [R2], SPM: [R2, R4], CARD: [], REN: [R2]}
RPV = "副作用、文献・学会情報及び先発医薬品を含む国内外の措置情報を収集し、評価した結果に基づき安全対策を行う。"
RRM, RRM_PLANTED = "電子添文、患者向医薬品ガイドによる情報提供", "電子添文による情報提供、使用上の注意の改訂のお知らせの配布"

def build(page):
    p = Paper("IPAexGothic", 10.5, (2.5, 2.2, 2.6, 2.4), spacing=1.05)
    w = p.width
    ft = p.doc.sections[0].footer.paragraphs[0]; ft.alignment = 2
    p.write(ft, "- ", 9); p.field(ft, "PAGE"); p.write(ft, " -", 9)
    n = lambda x: "P." + str(page.get(x, 0))
    def bare(rows, widths, size=9, **k):
        return rules(p.table(rows, widths, size, **k), **{s: "none" for s in ("top", "left", "bottom", "right", "insideH", "insideV")})
    for _ in range(7): p.line()
    for x in PRODUCT: p.line(x, 16, align="c")
    p.line("に係る医薬品リスク管理計画書", 16, align="c")
    for _ in range(16): p.line()
    p.line(COMPANY, 13, align="c"); p.page()
    p.line("ソバリドミドカプセル「翠風」に係る医薬品リスク管理計画書（RMP）の概要", 11.5, align="c")
    rules(p.table([["販売名", PRODUCT, "有効成分", SUBSTANCE], ["製造販売業者", COMPANY, "薬効分類", "874299"], ["提出年月日", W(AS_OF), "<", "<"]], [2.6, 6.6, 2.0, w - 11.2], 9.5), insideV="none")
    p.line(size=6)
    rules(p.table([["1.1. 安全性検討事項", "<", "<", "<", "<", "<"], ["【重要な特定されたリスク】", "", "【重要な潜在的リスク】", "", "【重要な不足情報】", ""],
        [TER, n(TER), SPM, n(SPM), REN, n(REN)], [BMS, n(BMS), CARD, n(CARD), "", ""], [VTE, n(VTE), "", "", "", ""], [INF, n(INF), "", "", "", ""], [NEU, n(NEU), "", "", "", ""], [TLS, n(TLS), "", "", "", ""],
        ["1.2. 有効性に関する検討事項", "<", "<", "<", "<", "<"], ["該当なし", "<", "<", "<", "<", "<"]], [4.2, 1.1, 3.7, 1.1, w - 11.2, 1.1], 9.5, shaded=(0, 1, 8)), insideV="none")
    p.line("↓上記に基づく安全性監視のための活動", 9, align="c")
    rules(p.table([["2. 医薬品安全性監視計画の概要", ""], ["通常の医薬品安全性監視活動", n("2")], ["追加の医薬品安全性監視活動", ""], ["　" + S1, n(S1)], ["3. 有効性に関する調査・試験の計画の概要", ""], ["該当なし", ""]], [w - 1.2, 1.2], 9.5, shaded=(0, 4)), insideV="none")
    p.line("↓上記に基づくリスク最小化のための活動", 9, align="c")
    rules(p.table([["4. リスク最小化計画の概要", ""], ["通常のリスク最小化活動", n("4")], ["追加のリスク最小化活動", ""]] + [["　" + x, n(x)] for x in (R1, R2, R3)], [w - 1.2, 1.2], 9.5, shaded=(0,)), insideV="none")       # R4 missing
    p.page()
    p.line("（別紙様式1）", 9, align="r"); p.line("医薬品リスク管理計画書", 14, align="c"); p.line("会社名：" + COMPANY, align="r", before=4)
    rules(p.table([["品目の概要", "<", "<", "<"], ["承認年月日", W(APPROVED), "薬効分類", CLASS], ["再審査期間", "該当しない", "承認番号", ["①30700AMX00143000", "②30600AMX00144000"]], ["国際誕生日", "該当しない", "<", "<"],
        ["販売名", ["①" + PRODUCT[0], "②" + PRODUCT[1]], "<", "<"], ["有効成分", SUBSTANCE, "<", "<"], ["含量及び剤形", ["①1カプセル中ソバリドミド2.5mgを含有する硬カプセル剤", "②1カプセル中ソバリドミド5mgを含有する硬カプセル剤"], "<", "<"],
        ["用法及び用量", "通常、成人にはソバリドミドとして1日1回5mgを21日間連日経口投与した後、7日間休薬する。", "<", "<"], ["効能又は効果", "再発又は難治性の多発性骨髄腫", "<", "<"],
        ["承認条件", ["(1) 医薬品リスク管理計画を策定の上、適切に実施すること。", "(2) 本剤の投与が適正管理手順を遵守して行われるよう、必要な措置を講じること。"], "<", "<"],
        ["備考", ["本剤は後発医薬品である。", "令和7年2月7日　製造販売承認", W(LAUNCH) + "　販売開始"], "<", "<"]], [2.6, 6.3, 2.0, w - 10.9], 9.5, shaded=(0,)), right="none", left="none")
    p.line(size=6)
    rules(p.table([["変更の履歴"], [["前回提出日：" + W(BEFORE), "変更内容の概要：", "・「催奇形性」の記載の整備", "・医療従事者向け資材（適正使用ガイド）の改訂", "変更理由：", "・先発医薬品の記載に合わせるため"]]], [w], 9.5, shaded=(0,)), right="none", left="none")
    p.page()
    L = p.line
    def ind(text, k=.6, **kw):
        q = L(text, **kw); q.paragraph_format.left_indent = Cm(k); return q
    L("1. 医薬品リスク管理計画の概要", 12, True); L("1.1. 安全性検討事項", 11, True, before=3)
    LAB = "電子添文の「警告」、「重要な基本的注意」等の項及び患者向医薬品ガイドへの記載"
    I, Q_, M = "重要な特定されたリスク", "重要な潜在的リスク", "重要な不足情報"
    def concern(name, g, reason, why1, why2):
        L(name, 10.5, True, before=5, keep=True)
        ind(g + "とした理由：", keep=True)
        for x in reason: ind(x, 1.0)
        ind("医薬品安全性監視活動の内容及びその選択理由：", keep=True); ind("【内容】", keep=True)
        ind("通常の医薬品安全性監視活動", 1.0)
        if PV[name]:
            ind("追加の医薬品安全性監視活動", 1.0)
            for x in PV[name]: ind("➢ " + x, 1.4)
        ind("【選択理由】", keep=True)
        ind(why1, 1.0)
        ind("リスク最小化活動の内容及びその選択理由：", keep=True); ind("【内容】", keep=True)
        ind("通常のリスク最小化活動：" + LAB, 1.0)
        if RM[name]:
            ind("追加のリスク最小化活動", 1.0)
            for x in RM[name]: ind("➢ " + x, 1.4)
        ind("【選択理由】", keep=True)
        if why2: ind(why2, 1.0)
    L(I, 10.5, True, before=3, keep=True)
    rr, ci = risk_ratio(27, A9, 9, C9)
    concern(TER, I, ["先発医薬品は平成31年3月26日に承認され、令和元年5月28日に販売が開始されている。ラット及びサルを用いた試験では、四肢の奇形を含む胎児の異常が認められた。ヒトにおいて同様の作用が現れるおそれがあり、妊娠中の曝露を確実に防ぐ必要があるため、重要な特定されたリスクとした。"],
        "適正管理手順が医療機関で守られているかを確かめ、手順の改善につなげる。", "関係者の全てが手順を理解し、妊娠の可能性のある患者への投与及び第三者の曝露を防ぐ。")
    concern(BMS, I, [f"先発医薬品の海外第III相試験（試験番号：SBD-009）において、Grade 3以上の好中球減少は本剤群で{share(142, A9)}、対照群で{share(12, C9)}、国内第II相試験（試験番号：SBD-001）では{share(20, A1)}に認められた。両試験の本剤投与例を併合すると{share(162, POOL)}であった。",
        f"国内で行われた継続投与試験（試験番号：SBD-009J）では{among(33, AJ)}であった。感染症や出血を伴い死亡に至った症例があることから、重要な特定されたリスクとした。"], "先発医薬品で発現状況が明らかになっており、通常の活動により情報を収集する。", "血液検査の時期、休薬及び減量の目安を周知する。")
    concern(VTE, I, [f"SBD-009試験における静脈血栓塞栓症は、本剤群で{share(36, A9)}、対照群で{share(13, C9)}であった。本剤群の36例の内訳は、深部静脈血栓症25例、肺塞栓症8例、その他4例であった（重複なし）。SBD-001試験では{share(3, A1)}であった。",
        f"SBD-009試験の本剤群のうち抗血栓薬を併用していた212例に限ると、{share(11, 212)}であった。致死的な経過をたどる場合があるため、重要な特定されたリスクとした。"], "通常の活動により、危険因子及び予防の状況に関する情報を収集する。", "危険因子の確認と予防、初期症状への対応を周知する。")
    concern(INF, I, [f"SBD-009試験における重篤な感染症は、本剤群で15.7%（54/343例）、対照群で{share(31, C9)}であった。SBD-009J試験では{among(9, AJ)}に認められた。死亡例が報告されていることから、重要な特定されたリスクとした。"], "通常の活動により、感染症の種類と転帰に関する情報を収集する。", "好中球減少時の対応及び感染の徴候について周知する。")
    concern(NEU, I, [f"末梢神経障害は、SBD-009試験の本剤群で8.2%（28/349例）、SBD-009J試験で{share(6, AJ)}に認められた。日常生活に支障を来し、回復に長い期間を要する例があることから、重要な特定されたリスクとした。"], "通常の活動により、投与期間と発現との関係に関する情報を収集する。", "しびれ等の症状が現れたときの休薬の目安と受診の必要性を周知する。")
    concern(TLS, I, [f"SBD-009試験の本剤群で{share(2, A9)}に腫瘍崩壊症候群が認められ、うち1例が死亡した。腫瘍量の多い患者では予防と監視を要することから、重要な特定されたリスクとした。"], "通常の活動により、発現した患者の背景に関する情報を収集する。", "危険因子のある患者への予防措置を周知する。")
    L(Q_, 10.5, True, before=3, keep=True)
    concern(SPM, Q_, [f"SBD-009試験の追跡期間中に、二次発がんは本剤群で{share(27, A9)}、対照群で{share(9, C9)}に認められ、対照群に対する相対リスクは{rr}（95%信頼区間：{ci}）であった。本剤群の発現率は100人年当たり3.1件であった。27例のうちMDSが6例を占めたが、前治療の影響を除くことができないため、重要な潜在的リスクとした。"], "通常の活動により、長期の経過に関する情報を収集する。", "投与の継続の可否を判断できるよう、発現状況を周知する。")
    concern(CARD, Q_, [f"SBD-009試験において、心不全が本剤群の{share(5, A9)}、対照群の{share(4, C9)}に、不整脈がそれぞれ{share(12, A9)}、{share(11, C9)}に認められたが、群間の差は小さく、本剤との関連は明らかではないため、重要な潜在的リスクとした。"], "通常の活動により、心疾患の既往を含む情報を収集する。", "")       # R-D: empty
    L(M, 10.5, True, before=3, keep=True)
    concern(REN, M, [f"クレアチニンクリアランス（以下、「CLcr」）が30mL/min未満の患者はSBD-009試験から除外された。本剤群のうちCLcrが60mL/min未満であった患者は{share(88, A9)}であり、高度の腎機能障害を有する患者での情報は得られていないため、重要な不足情報とした。"], "通常の活動により、腎機能障害の程度別の情報を収集する。", "情報が限られていることを周知する。")
    L("1.2. 有効性に関する検討事項", 11, True, before=6, keep=True); ind("該当なし")
    L("2. 医薬品安全性監視計画の概要", 12, True, before=8, keep=True)
    L("通常の医薬品安全性監視活動", 10.5, True, keep=True); ind("通常の医薬品安全性監視活動の概要：", keep=True); ind(RPV, 1.0)
    L("追加の医薬品安全性監視活動", 10.5, True, keep=True)
    def activity(name, parts):
        L(name, 10.5, True, before=4, keep=True)
        for h, xs in parts:
            ind("【" + h + "】", keep=True)
            for x in xs: ind(x, 1.0)
    n1 = detect(.015, .95); assert n1 == 199 and f"{1.96 * math.sqrt(.9 * .1 / 200) * 100:.1f}" == "4.2"
    activity(S1, [("安全性検討事項", [TER]), ("目的", ["適正管理手順の遵守状況を確認する。"]),
        ("実施計画", [f"調査期間：{W(SP[0])}～{W(SP[1])}", f"登録期間：{W(SP[0])}～{W(SR)}", "目標症例数：200例", "実施方式：適正管理手順に登録された患者からの連続調査方式", "観察期間：投与開始から3か月間"]),
        ("実施計画の根拠", [f"目標症例数：1.5%の頻度で生じる手順からの逸脱を95%の確率で1例以上検出できる{n1}例を上回る数とした。遵守割合が90%の場合、200例での95%信頼区間は90±4.2%（正規近似）となる。", "観察期間：逸脱は投与開始後の早い時期に多いと先発医薬品で報告されているため。"]),
        ("節目となる予定の時期及びその根拠", ["調査終了時。調査期間終了後6か月以内に報告書を作成する。集計及び第三者委員会での評価に要する期間を考慮した。"]),
        ("当該医薬品安全性監視活動の結果に基づいて実施される可能性のある追加の措置及びその開始の決定基準", ["遵守割合が90%を下回った場合は、手順の見直し及び再教育の実施を検討する。"])])
    L("3. 有効性に関する調査・試験の計画の概要", 12, True, before=8, keep=True); ind("該当なし")
    L("4. リスク最小化計画の概要", 12, True, before=8, keep=True)
    L("通常のリスク最小化活動", 10.5, True, keep=True); ind("通常のリスク最小化活動の概要：", keep=True); ind(RRM, 1.0)
    L("追加のリスク最小化活動", 10.5, True, keep=True)
    FUR = "節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置"
    activity(R1, [("安全性検討事項", [TER]), ("目的", ["妊娠中の曝露を防ぐ。"]), ("具体的な方法", ["・医師、薬剤師、患者及び特約店を登録し、処方ごとに遵守事項を確認する。", "・先発医薬品の製造販売業者と共通の手順を用いる。"]), (FUR, ["販売開始から6か月ごとに、逸脱の状況を第三者委員会で評価し、手順の変更の要否を検討する。"])])
    activity(R2, [("安全性検討事項", ["、".join("深部静脈血栓症" if x == VTE else "TLS" if x == TLS else x for x in RM if R2 in RM[x])]), ("目的", ["検査、休薬及び減量の目安並びに副作用への対応を周知する。"]), ("具体的な方法", ["・納入時に提供し、説明する。", "・企業ホームページに掲載する。"]), (FUR, ["販売開始から1年ごとに、副作用の報告状況を確認し、改訂の要否を検討する。"])])
    activity(R3, [("安全性検討事項", ["、".join(x for x in RM if R3 in RM[x] and x != NEU)]), ("目的", ["適正管理手順の内容及び注意すべき症状を患者及び家族に伝える。"]), ("具体的な方法", ["・登録時に医療機関を通じて渡す。"]), (FUR, ["販売開始から1年ごとに、患者からの問合せの内容を確認し、改訂の要否を検討する。"])])
    activity(R4, [("安全性検討事項", [TER + "、" + SPM]), ("目的", ["最新の副作用発現状況を医療従事者に伝える。"]), ("具体的な方法", ["・先発医薬品の情報を含め、6か月ごとに更新する。"]), (FUR, ["再審査申請時に、公表の継続の要否を検討する。"])])
    L("5. 医薬品安全性監視計画、有効性に関する調査・試験の計画及びリスク最小化計画の一覧", 12, True, before=8, keep=True)
    L("5.1. 医薬品安全性監視計画の一覧", 11, True, before=3, keep=True)
    L("通常の医薬品安全性監視活動", 10, True, keep=True); ind(RPV)
    L("追加の医薬品安全性監視活動", 10, True, keep=True)
    c = [4.0, 2.6, 3.2, 1.8, w - 11.6]
    HEAD = ["節目となる症例数／目標症例数", "節目となる予定の時期", "実施状況", "報告書の作成予定日"]
    bare([["追加の医薬品安全性監視活動の名称"] + HEAD, [S1, "200例", "調査終了時", "実施中", W(REPORT_PLANTED)]], c, 9.5, whole=True)
    L("5.2. 有効性に関する調査・試験の計画の一覧", 11, True, before=8, keep=True); ind("該当なし")
    L("5.3. リスク最小化計画の一覧", 11, True, before=8, keep=True)
    L("通常のリスク最小化活動", 10, True, keep=True); ind(RRM_PLANTED)
    L("追加のリスク最小化活動", 10, True, keep=True)
    bare([["追加のリスク最小化活動の名称", "節目となる予定の時期", "実施状況"], [R1, "販売開始から6か月ごと", "実施中"], [R2, "販売開始から2年ごと", "実施中"], [R3, "販売開始から1年ごと", "実施中"], [R4, "再審査申請時", "実施中"]], [7.4, 5.4, w - 12.8], 9.5, whole=True)
    return p
def find(pages):
    out = {}
    for x in list(PV):
        out[x] = next(i for i, t in enumerate(pages, 1) if i > 3 and any(nb(x) + k in t for k in ("重要な特定されたリスクとした理由", "重要な潜在的リスクとした理由", "重要な不足情報とした理由")))
    for x in (S1, R1, R2, R3, R4):
        out[x] = next(i for i, t in enumerate(pages, 1) if i > 3 and nb(x) + "【安全性検討事項】" in t)
    out["2"] = next(i for i, t in enumerate(pages, 1) if "通常の医薬品安全性監視活動の概要" in t); out["4"] = next(i for i, t in enumerate(pages, 1) if "通常のリスク最小化活動の概要" in t)
    return out
page = {}
for _ in range(4):
    pages = convert(build(page), "R", OUT); new = find(pages)
    if new == page: break
    page = new
else: raise SystemExit("pages do not settle")
print("pages", len(pages) - 1)
rr, ci = risk_ratio(27, A9, 9, C9)
structure = {"product": PRODUCT, "ingredient": SUBSTANCE, "company": COMPANY, "class": {"概要": "874299", "品目の概要": CLASS}, "approval_date": iso(APPROVED), "ibd": "", "approval_numbers": ["30700AMX00143000", "30600AMX00144000"],
  "submission_date": W(AS_OF), "submission_date_iso": iso(AS_OF), "previous_submission": W(BEFORE), "reexamination": [], "indications": ["再発又は難治性の多発性骨髄腫"],
  "concerns": {"identified": [TER, BMS, VTE, INF, NEU, TLS], "potential": [SPM, CARD], "missing": [REN]}, "concern_counts": [6, 2, 1], "efficacy_concerns": [],
  "surveys": [{"name": S1, "type": "使用成績調査", "period": [iso(x) for x in SP], "registration": [iso(SP[0]), iso(SR)], "target": {"2": 200, "5.1": 200}, "status": "実施中", "concerns": [TER], "report": {"2": "調査期間終了後6か月以内", "5.1": iso(REPORT_PLANTED)}}],
  "materials": [R1, R2, R3, R4], "summary_activities": {"2": [S1], "3": [], "4": [R1, R2, R3]}, "summary_pages": page, "rows_5_1": [S1], "rows_5_2": [], "rows_5_3": [R1, R2, R3, R4],
  "studies": {"SBD-001": [A1], "SBD-009": [A9, C9], "SBD-009J": [AJ]}}
defects = [
 ("class-mismatch", ["product-mismatch"], "概要 薬効分類 vs 品目の概要", ["874299", "874291"], "874291 in both"),
 ("approval-number-era", ["date-mismatch"], "品目の概要 承認番号②", ["30600AMX00144000"], "30700… : both were approved in 令和7年"),
 ("date-mismatch", [], "品目の概要 備考 vs 承認年月日", ["令和7年2月7日", "令和7年2月17日"], "令和7年2月17日"),
 ("summary-missing-activity", [], "概要 4 lacks the publication on the web page", [R4 + "【安全性検討事項】"], "概要 4: " + R4),
 ("sum", [], "1.1 静脈血栓塞栓症", ["36例の内訳は、深部静脈血栓症25例、肺塞栓症8例、その他4例"], "25+8+4 = 37"),
 ("denominator", [], "1.1 重篤な感染症", ["15.7%（54/343例）"], "SBD-009 本剤群 is 349 everywhere else"),
 ("percentage", [], "1.1 末梢神経障害", ["8.2%（28/349例）"], "8.0%"),
 ("abbreviation-undefined", [], "1.1 二次発がん", ["MDSが6例"], "spelt out (骨髄異形成症候群) or defined"),
 ("reason-missing", ["part-empty"], "1.1 心不全、不整脈 リスク最小化活動 【選択理由】 is empty", ["【選択理由】重要な不足情報", "心不全、不整脈重要な潜在的リスクとした理由"], "a reason"),
 ("concern-name", ["matrix"], "4 適正使用ガイド vs 1.1", ["骨髄抑制、深部静脈血栓症"], VTE),
 ("matrix", [], "1.1 末梢神経障害 declares the patient material; 4 does not list it there", ["催奇形性、骨髄抑制、静脈血栓塞栓症【目的】", "しびれ等の症状が現れたとき"], "listed in 4 or not declared"),
 ("milestone-without-basis", [], "4 and 5.3 公表: a generic has no re-examination", ["再審査申請時"], "another time"),
 ("milestone-mismatch", [], "5.3 vs 4 適正使用ガイド", ["販売開始から2年ごと", "販売開始から1年ごとに、副作用の報告状況"], "1年ごと in both"),
 ("routine-text", [], "5.3 vs 4", [RRM_PLANTED, RRM], "same wording"),
 ("ongoing-past-end", ["status-mismatch"], "5.1 実施中 after the end of the survey", [f"調査期間：{W(SP[0])}～{W(SP[1])}", "実施中 " + W(REPORT_PLANTED)], "終了 on 2026-04-10"),
 ("report-deadline", [], "5.1 vs 2", [W(REPORT_PLANTED), "調査期間終了後6か月以内に報告書"], "by 2026-09-30")]
traps = [
 ("half-up 6.25→6.3, twice", [share(3, A1), share(6, AJ)]), ("pooled 48+349=397", [share(162, POOL)]), ("one number the prefix of the other (SBD-009: 349 and 351, SBD-009J: 96)", [among(33, AJ), among(9, AJ)]),
 ("subset explained in the sentence", [share(11, 212), share(88, A9)]), ("relative risk that reproduces", [f"相対リスクは{rr}（95%信頼区間：{ci}）"]), ("rate per 100 person-years without counts", ["100人年当たり3.1件"]),
 ("名称の略号 of a concern in brackets", ["重篤な感染症、末梢神経障害、TLS"]), ("abbreviation defined", ["CLcrが60mL/min未満"]), ("era years around 元年", ["平成31年3月26日に承認され、令和元年5月28日"]),
 ("sample size that reproduces", ["95%の確率で1例以上検出できる199例"]), ("precision that reproduces", ["90±4.2%（正規近似）"]), ("registration + 3 months ends the day before the survey", [f"登録期間：{W(SP[0])}～{W(SR)}"]),
 ("a generic: no international birth date, no EPPV", ["該当しない"]), ("該当なし", ["3. 有効性に関する調査・試験の計画の概要 該当なし", "5.2. 有効性に関する調査・試験の計画の一覧 該当なし"]),
 ("launch after the previous submission, approval before it", ["前回提出日：" + W(BEFORE)])]
truth("R", OUT, iso(AS_OF), structure, defects, traps)
