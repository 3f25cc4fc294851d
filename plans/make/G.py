#!/usr/bin/env python3
"""Plan G: an invented oral kinase inhibitor with an all-case survey. Full-width figures in tables, western years.

    python3 G.py [FOLDER]
"""
import sys

from build import (FOLDER, Paper, among, convert, datetime, detect, months_after, one_proportion, percent, period_end, risk_ratio, share, truth,
                   western, wide)

OUT = sys.argv[1] if len(sys.argv) > 1 else FOLDER
D = datetime.date
W = lambda d: wide(western(d))                                       # noqa: E731

# ---- facts, each once ------------------------------------------------------------------------------------------------
AS_OF, APPROVED, LAUNCH, BEFORE = D(2026, 9, 18), D(2026, 3, 27), D(2026, 5, 20), D(2026, 6, 12)
REEXAM = period_end(APPROVED, 96)
EPPV = (LAUNCH, period_end(LAUNCH, 6))
EPPV_REPORT = months_after(EPPV[1], 2)
ALL = (LAUNCH, D(2033, 8, 31))
ALL_REG = D(2031, 8, 31)
ALL_REPORT = months_after(ALL[1], 6)
DB = (D(2028, 4, 1), D(2033, 3, 31))
DB_PLANTED = D(2034, 6, 30)                                          # G-D02
TRIAL, TRIAL_REG = (D(2027, 1, 12), D(2030, 12, 31)), D(2029, 6, 30)
assert ALL_REG + datetime.timedelta(weeks=104) <= ALL[1] and ALL_REPORT <= REEXAM and DB[1] < REEXAM < DB_PLANTED
assert TRIAL_REG + datetime.timedelta(weeks=52) <= TRIAL[1]

H1, H2, CTRL, H2X, JP2, H1J = 187, 231, 228, 64, 48, 42              # subjects of the studies
POOL = H1 + H2 + JP2
RR, CI = risk_ratio(14, H2, 8, CTRL)
PRODUCT = ["ザルヴェニクカプセル５０ｍｇ", "ザルヴェニクカプセル２００ｍｇ"]
SUBSTANCE, COMPANY = "カズレチニブリン酸塩", "葦原ファーマ株式会社"
ILD = "間質性肺疾患（肺臓炎を含む）"
QT = "QT間隔延長及び心室性不整脈（Torsade de pointesを含む）"
LIVER = "肝機能障害（肝不全に至るものを含む）"
EYE = "網膜障害（漿液性網膜剥離、網膜静脈閉塞等）"
SKIN = "重度の皮膚障害（中毒性表皮壊死融解症（TEN）、皮膚粘膜眼症候群（Stevens-Johnson症候群：SJS）、多形紅斑等）"
FETUS = "胚・胎児毒性"
HEART = "心機能障害（左室駆出率低下、心不全）"
CHILD = "中等度以上の肝機能障害を有する患者への投与時の安全性"
EFFICACY = "日常診療下における全生存期間"
S_EPPV, S_ALL, S_DB, S_TRIAL = "市販直後調査", "一般使用成績調査（全例調査）", "製造販売後データベース調査（網膜障害）", "製造販売後臨床試験（HAYATE-5試験）"
M_EPPV, M_GUIDE, M_BOOK, M_FLOW = ("市販直後調査による情報提供", "医療従事者向け資材（適正使用ガイド）の作成と提供",
                                   "患者向け資材（服薬ハンドブック）の作成と提供", "適正使用のための流通管理の実施")
PV = {ILD: [S_EPPV, S_ALL], QT: [S_EPPV, S_ALL], LIVER: [S_EPPV, S_ALL], EYE: [S_EPPV, S_ALL, S_DB], SKIN: [S_EPPV, S_ALL], FETUS: [],
      HEART: [S_ALL], CHILD: [S_TRIAL]}
RM = {ILD: [M_EPPV, M_GUIDE, M_BOOK, M_FLOW], QT: [M_EPPV, M_GUIDE, M_BOOK, M_FLOW], LIVER: [M_EPPV, M_GUIDE, M_BOOK], EYE: [M_EPPV, M_GUIDE],
      SKIN: [M_EPPV, M_GUIDE, M_BOOK], FETUS: [M_GUIDE, M_BOOK], HEART: [M_GUIDE], CHILD: [M_GUIDE]}
ROUTINE_PV = "副作用・感染症報告、研究報告、外国措置報告等を収集して評価し、得られた知見を安全確保の措置の要否の検討に用いる。"
ROUTINE_RM = "電子化された添付文書及び患者向医薬品ガイドによる情報の提供"
N_ALL, N_DB, N_TRIAL = 600, 3000, 36


def f(a, b, d=1):
    return share(a, b, d).replace("%", "％").replace("/", "／")


def fw(a, b):
    return wide(share(a, b))


p = Paper("IPAexMincho", 10, (2.0, 1.8, 2.3, 2.3), spacing=1.12)
foot = p.doc.sections[0].footer.paragraphs[0]
foot.alignment = 1
p.field(foot, "PAGE")
p.write(foot, " / ")
p.field(foot, "NUMPAGES")

# ---- cover -----------------------------------------------------------------------------------------------------------
for _ in range(10):
    p.line()
for x in PRODUCT:
    p.line(x, 18, True, "c")
p.line("に係る医薬品リスク管理計画書", 18, True, "c", before=6)
for _ in range(16):
    p.line()
p.line(COMPANY, 14, align="c")
p.page()

# ---- 概要 ------------------------------------------------------------------------------------------------------------
p.line("ザルヴェニクカプセル５０ｍｇ、同カプセル２００ｍｇに係る医薬品リスク管理計画書（ＲＭＰ）の概要", 11, True, "c")
p.line()
p.table([["販売名", "\n".join(PRODUCT), "有効成分", SUBSTANCE], ["製造販売業者", COMPANY, "薬効分類", wide("874291")],
         ["提出年月日", W(AS_OF), "<", "<"]], [2.6, 5.9, 2.2, 5.7], 9)
p.line(size=6)
blank = ""
p.table([["１．１　安全性検討事項", "<", "<"],
         ["【重要な特定されたリスク】", "【重要な潜在的リスク】", "【重要な不足情報】"],
         [ILD, FETUS, CHILD],
         [QT.replace("QT", "ＱＴ").replace("Torsade de pointes", "Ｔｏｒｓａｄｅ　ｄｅ　ｐｏｉｎｔｅｓ"), blank, blank],     # HEART left out: G-D09
         [LIVER, blank, blank], [EYE, blank, blank],
         [SKIN.replace("TEN", "ＴＥＮ").replace("Stevens-Johnson", "Ｓｔｅｖｅｎｓ－Ｊｏｈｎｓｏｎ").replace("SJS", "ＳＪＳ"), blank, blank],
         ["１．２　有効性に関する検討事項", "<", "<"], [EFFICACY, "<", "<"]],
        [6.6, 4.6, 5.2], 9, shaded=(0, 1, 7))
p.line("↓上記に基づく安全性監視のための活動", 9, align="c")
p.table([["２．医薬品安全性監視計画の概要"], ["通常の医薬品安全性監視活動"], ["追加の医薬品安全性監視活動"], ["　" + S_EPPV], ["　" + S_ALL], ["　" + S_DB],
         ["　" + S_TRIAL.replace("HAYATE-5", wide("HAYATE-5"))], ["３．有効性に関する調査・試験の計画の概要"], ["　" + S_ALL]], [16.4], 9, shaded=(0, 7))
p.line("↓上記に基づくリスク最小化のための活動", 9, align="c")
p.table([["４．リスク最小化計画の概要"], ["通常のリスク最小化活動"], ["追加のリスク最小化活動"]] + [["　" + m] for m in (M_EPPV, M_GUIDE, M_BOOK, M_FLOW)], [16.4], 9, shaded=(0,))
p.page()

# ---- 品目の概要 ------------------------------------------------------------------------------------------------------
p.line("（別紙様式１）", 9, align="r")
p.line("医薬品リスク管理計画書", 14, True, "c")
p.line("会社名：" + COMPANY, align="r")
p.line()
A1, A2 = wide("30800AMX00917000"), wide("30700AMX00918000")          # second: G-D01, ought to begin 308
CONDITION2 = "国内で本剤を投与された患者が少ないことから、製造販売後、一定数の患者の情報が集まるまでの間は、本剤を使用する全ての患者を対象とした使用成績調査を行い、本剤の安全性及び有効性の情報を早期に収集して、適正使用に必要な措置を講じること。"
p.table([["品目の概要", "<", "<", "<"],
         ["承認年月日", W(APPROVED), "薬効分類", wide("874291")],
         ["再審査期間", f"８年（{W(APPROVED)}～{W(REEXAM)}）", "承認番号", ["①" + A1, "②" + A2]],
         ["国際誕生日", W(D(2025, 7, 31)), "<", "<"],
         ["販売名", ["①" + PRODUCT[0], "②" + PRODUCT[1]], "<", "<"],
         ["有効成分", SUBSTANCE, "<", "<"],
         ["含量及び剤形", ["①１カプセル中にカズレチニブリン酸塩６４．２ｍｇ（カズレチニブとして５０ｍｇ）を含む硬カプセル剤",
                           "②１カプセル中にカズレチニブリン酸塩２５６．８ｍｇ（カズレチニブとして２００ｍｇ）を含む硬カプセル剤"], "<", "<"],
         ["用法及び用量", "通常、成人にはカズレチニブとして１日１回２００ｍｇを空腹時に経口投与する。なお、患者の状態により適宜減量する。", "<", "<"],
         ["効能又は効果", "血管新生阻害薬による治療の後に増悪した根治切除不能又は転移性の腎細胞癌", "<", "<"],
         ["承認条件", ["１．医薬品リスク管理計画を策定の上、適切に実施すること。", "２．" + CONDITION2], "<", "<"],
         ["備考", [f"{W(APPROVED)}　承認（新有効成分含有医薬品）", f"{W(LAUNCH)}　販売開始"], "<", "<"]],
        [2.6, 5.7, 2.0, 6.1], 9, shaded=(0,))
p.line()
p.table([["変更の履歴"], [["前回提出日：" + W(BEFORE), "変更内容の概要：", "１．「製造販売後データベース調査（網膜障害）」の実施計画の追記",
                           "２．「患者向け資材（服薬ハンドブック）の作成と提供」の資材の改訂（皮膚症状の写真の追加）", "変更理由：",
                           "１．利用するデータベースが決まったため", "２．患者からの問合せを踏まえ、初期の症状を見分けやすくするため"]]], [16.4], 9, shaded=(0,))
p.page()

# ---- 1.1 -------------------------------------------------------------------------------------------------------------
p.line("１．医薬品リスク管理計画の概要", 12, True)
p.line("１．１　安全性検討事項", 11, True, before=6)


def numbered(names):
    return [f">{wide(n)}）{x}" for n, x in enumerate(names, 1)]


def concern(name, group, reason, pv_why, rm_why, label_items):
    pv = ["〈内容〉", "・通常の医薬品安全性監視活動"]
    if PV[name]:
        pv += ["・追加の医薬品安全性監視活動"] + numbered(PV[name])
    rm = ["〈内容〉", "・通常のリスク最小化活動：" + label_items]
    if RM[name]:
        rm += ["・追加のリスク最小化活動"] + numbered(RM[name])
    p.table([[name], [[f"{group}とした理由："] + reason], [["医薬品安全性監視活動の内容及びその選択理由："] + pv + ["〈選択理由〉", pv_why]],
             [["リスク最小化活動の内容及びその選択理由："] + rm + ["〈選択理由〉", rm_why]]], [16.4], 10, shaded=(0,), bold=(0,), indents={1: .3, 2: .3, 3: .3})
    p.line(size=6)


LABEL = "電子化された添付文書の「重要な基本的注意」等及び患者向医薬品ガイドに記載し、注意を促す。"
LABEL_C = "電子化された添付文書の「特定の背景を有する患者に関する注意」に記載し、注意を促す。"
IDENT, POT, MISS = "重要な特定されたリスク", "重要な潜在的リスク", "重要な不足情報"
p.line("重要な特定されたリスク", 10, True, before=4, keep=True)
assert 5 + 7 + 3 + 2 + 1 == 7 + 8 + 3 == 18
concern(ILD, IDENT, [
    "国際共同第I/II相試験（HAYATE-1試験、NCT09914238）、国際共同第III相試験（HAYATE-2試験、NCT09917721）及び国内第II相試験（jRCT2031990148）の本剤投与例に認められた間質性肺疾患（以下、「ILD」）を次表に示す。重症度は有害事象共通用語規準のGradeによる。",
    {"size": 8.5, "widths": [4.7, 1.8, 4.7, 4.7], "rows": [["試験（投与群）", "投与例数", "全Ｇｒａｄｅ", "Ｇｒａｄｅ３以上"],
     ["ＨＡＹＡＴＥ－１試験", wide(f"{H1}例"), fw(7, H1), fw(2, H1)], ["ＨＡＹＡＴＥ－２試験（本剤群）", wide(f"{H2}例"), fw(8, H2), fw(3, H2)],
     ["ｊＲＣＴ２０３１９９０１４８", wide(f"{JP2}例"), fw(3, JP2), fw(1, JP2)], ["３試験の併合", wide(f"{POOL}例"), fw(18, POOL), fw(6, POOL)]]},
    "併合した18例の内訳は、Grade 1が5例、Grade 2が7例、Grade 3が3例、Grade 4が1例、Grade 5が1例であった。",                 # G-D06: Grade 4 is 2
    f"HAYATE-2試験の対照薬群では{among(2, CTRL).replace('%', '％')}であった。",
    "死亡に至った患者がおり、早期の発見と投与の中止が転帰を左右することから、重要な特定されたリスクとした。"],
    "使用した患者の全てを対象とする調査により、発現までの日数、画像の型、転帰及び危険因子を明らかにする。市販直後には重篤な症例を速やかに把握する。",
    "呼吸器症状が出た時点で休薬と精査が行われるよう、医療従事者と患者の双方に伝える。納入する施設を、ILDの診断と治療ができる体制のある施設に限る。", LABEL)
concern(QT, IDENT, [
    "本剤は心筋のカリウムチャネルを阻害する。心電図でQT間隔の延長が認められた患者は次のとおりであった。",
    {"size": 8.5, "widths": [5.0, 5.3, 5.3], "rows": [["試験", "本剤群", "対照薬群"],
     ["ＨＡＹＡＴＥ－１試験", wide("4.6%（12/187例）"), "－"],                                     # G-D05: 6.4
     ["ＨＡＹＡＴＥ－２試験", fw(11, H2), fw(3, CTRL)], ["ｊＲＣＴ２０３１９９０１４８試験", fw(2, JP2), "－"],
     ["３試験の併合", fw(25, POOL), "－"]]},
    "心室性不整脈は併合した本剤投与例のうち" + f"2例／{POOL}例（{percent(2, POOL)}％）に生じ、うち1例はTorsade de pointesと判定された。",
    "突然死につながるおそれがあるため、重要な特定されたリスクとした。"],
    "電解質異常や併用薬の影響を受けるため、実際の診療での心電図検査の実施状況と発現の状況を調べる。",
    "心電図及び電解質の検査の時期を示し、併用に注意を要する薬剤を患者にも知らせる。循環器の医師と連携できる施設に納入を限る。", LABEL)
assert 12 + 11 + 2 == 25
concern(LIVER, IDENT, [
    f"肝機能障害は、HAYATE-2試験の本剤群で{f(41, H2)}、対照薬群で{f(19, CTRL)}に、jRCT2031990148では{among(9, JP2).replace('%', '％')}に認められた。",
    f"HAYATE-2試験を終えた後も投与を続けた患者のための継続投与試験（HAYATE-2X試験）では、64例中5例（{percent(5, H2X)}％）であった。",
    f"HAYATE-2試験の本剤群では肝不全により1例／{H2}例（{percent(1, H2)}％）が死亡している。",
    "以上から、重要な特定されたリスクとした。"],
    "投与の早い時期に多いことから、検査の間隔と発現の時期を併せて調べる。",
    "定期的な肝機能検査と、異常を認めたときの減量・休薬の手順を伝える。", LABEL)
concern(EYE, IDENT, [
    f"漿液性網膜剥離は、HAYATE-2試験の本剤群で5.2％（11／213例）、対照薬群で{f(1, CTRL)}に認められた。",           # G-D04: 12/231
    f"HAYATE-1試験に組み入れられた{H1}例のうち日本人は{H1J}例であり、日本人での網膜障害は{f(4, H1J)}であった。",
    f"網膜静脈閉塞は併合した{POOL}例のうち{f(3, POOL)}にみられた。CSCの既往がある患者では再発との区別が難しい。",
    "視力が戻らなかった患者がいることから、重要な特定されたリスクとした。"],
    "発現の頻度と経過を実際の診療で確かめる。高齢の患者では網膜の疾患が元々多いため、他の薬剤による治療を受けた患者とデータベースで比べる。",
    "見え方の変化があったときに眼科を受診させるよう、医療従事者に伝える。", LABEL)
concern(SKIN, IDENT, [
    f"Grade 3以上の皮膚障害は、HAYATE-2試験の本剤群で{among(15, H2).replace('%', '％')}、対照薬群で{among(4, CTRL).replace('%', '％')}に、国内第II相試験（jRCT2031990184）では{f(2, JP2)}に生じた。",   # G-D07
    f"HAYATE-1試験を含めて併合すると、本剤投与例の21例／{POOL}例（{percent(21, POOL)}％）となる。このうち2例はSJSであった。",
    "入院を要し、後遺症を残すことがあるため、重要な特定されたリスクとした。"],
    "発疹の初期の所見、併用薬及び転帰を調査票により集め、重症となる要因を調べる。",
    "粘膜疹や発熱を伴う発疹に気付いたら直ちに投与をやめて受診することを周知する。", LABEL)
p.line("重要な潜在的リスク", 10, True, before=4, keep=True)
concern(FETUS, POT, [
    "妊娠ラット及びウサギに投与したところ、臨床で見込まれる曝露量を下回る用量で胎児の死亡と骨格の異常が認められた。ヒトでの報告はないが、影響が生じたときの重大さを考え、重要な潜在的リスクとした。"],
    "対象となる患者の年齢から妊娠の機会は限られ、調査を設けても症例が集まらないと見込まれるため、通常の活動により妊娠の報告を集める。",
    "避妊の期間と方法を医療従事者と患者に知らせる。", LABEL_C)
concern(HEART, POT, [
    f"HAYATE-2試験では、左室駆出率（以下、「LVEF」）が投与前より10ポイント以上低下して50％を下回った患者が、本剤群の{f(14, H2)}、対照薬群の{f(8, CTRL)}であった。対照薬群に対する相対リスクは{RR}（95％信頼区間：{CI}）であり、差は明らかでない。NCT09914238では{among(5, H1).replace('%', '％')}にLVEFの低下がみられた。",
    "心不全に至った患者はいないが、腎細胞癌の患者には前治療により心機能が低下した者が含まれることから、重要な潜在的リスクとした。"],
    "心不全の症状と心機能検査の結果を、使用した患者の全てで調べる。",
    "心機能検査の時期の目安を医療従事者に示す。", LABEL)
p.line("重要な不足情報", 10, True, before=4, keep=True)
concern(CHILD, MISS, [
    f"HAYATE-2試験の本剤群のうち軽度の肝機能障害を有した患者は{f(29, H2)}であり、中等度以上（Child-Pugh分類B又はC）の患者は除外された。本剤は主に肝臓で代謝されることから、重要な不足情報とした。"],
    "該当する患者を対象に用量を定めて投与する試験を行い、薬物動態と安全性を確かめる。",
    "中等度以上の肝機能障害がある患者での経験がないことを伝え、投与の可否の判断に役立てる。", LABEL_C)

p.line("１．２　有効性に関する検討事項", 11, True, before=6, keep=True)
p.table([[EFFICACY],
         [["有効性に関する検討事項とした理由：", "HAYATE-2試験での全生存期間のハザード比は0.74（95％信頼区間：0.57～0.96）であったが、高齢の患者や全身状態の悪い患者は少数であったため。"]],
         [["有効性に関する調査・試験の名称：", S_ALL]],
         [["調査・試験の目的、内容及び手法の概要並びに選択理由：", "使用した患者の全てについて投与開始からの生存の状況を調べる。安全性の調査と同じ患者を追跡するため、別の調査は行わない。"]]],
        [16.4], 10, shaded=(0,), bold=(0,), indents={1: .3, 2: .3, 3: .3})

# ---- 2 ---------------------------------------------------------------------------------------------------------------
p.line("２．医薬品安全性監視計画の概要", 12, True, before=14, keep=True)
p.table([["通常の医薬品安全性監視活動"], [["通常の医薬品安全性監視活動の概要：", ROUTINE_PV]]], [16.4], 10, shaded=(0,))
p.line(size=6)
NEXT = ["【当該医薬品安全性監視活動の結果に基づいて実施される可能性のある追加の措置及びその開始の決定基準】",
        "新たな安全性検討事項の有無、既知の副作用の頻度及び重篤度の変化を評価し、電子化された添付文書及び資材の改訂並びに本計画の変更の要否を決める。"]


def bullets(names, alias=None):
    return ["・" + (alias or {}).get(x, x) for x in names]


def activity(name, lines, first=False):
    p.table(([["追加の医薬品安全性監視活動"]] if first else []) + [[name], [lines]], [16.4], 10, shaded=(0, 1) if first else (0,), bold=(1,) if first else (0,), indents={2 if first else 1: .3})
    p.line(size=6)


who = lambda s: [c for c in PV if s in PV[c]]                       # noqa: E731
activity(S_EPPV, ["【安全性検討事項】"] + bullets(who(S_EPPV)) + [
    "【目的】", "販売を始めた直後の重篤な副作用を速やかに把握し、必要な注意を医療機関に伝える。", "【実施計画】",
    f"実施期間：販売開始から６カ月間（{W(EPPV[0])}～{W(EPPV[1])}）", "評価・報告の予定：" + f"調査終了後２カ月以内（{W(EPPV_REPORT)}まで）",
    "実施方法：納入前に説明を行い、納入から２カ月間は２週間に１回、その後は月に１回を目安に注意の喚起と報告の依頼を行う。",
    "【実施計画の根拠】", "医薬品の製造販売後の安全管理の基準を定めた省令の期間及び方法による。",
    "【節目となる予定の時期及びその根拠】", "販売開始から６カ月後。調査の期間が終わるため。"] + NEXT, first=True)
n_all = detect(.005, .95)
activity(S_ALL, ["【安全性検討事項】"] + bullets(who(S_ALL), {ILD: "ILD（肺臓炎を含む）"}) + [
    "【目的】", "承認条件に基づき、日常の診療における本剤の安全性及び有効性を調べる。", "【実施計画】",
    f"調査期間：{W(ALL[0])}～{W(ALL[1])}", f"登録期間：{W(ALL[0])}～{W(ALL_REG)}",
    f"目標症例数：{wide(N_ALL)}例（安全性解析対象として）",
    "実施方式：連続調査方式（施設と契約した例数に達した時点で登録を終える）",                                        # G-D13
    "観察期間：投与開始から１０４週間",
    "【実施計画の根拠】",
    f"目標症例数：発現頻度0.5％の副作用を95％の確率で1例以上検出できる例数は{n_all}例であり、{N_ALL}例とした。この例数では、発現頻度0.5％の副作用の期待発現数は3.0例となり、Poisson分布に従うとすると1例も観察されない確率は5.0％である。臨床試験を併合したILDの発現割合（3.9％）からは、23例程度のILDが集まると見込まれる。",
    "観察期間：HAYATE-2試験での投与期間の最長が98週間であったことから、これを上回る104週間とした。",
    "【節目となる予定の時期及びその根拠】", "・安全性定期報告時。集積された情報を定期的に評価するため。",
    f"・調査終了時。調査期間終了後６カ月以内（{W(ALL_REPORT)}まで）に最終報告書を作成する。調査票の回収と解析に要する期間を考慮した。"] + NEXT)
n_db = detect(.001, .95)
assert n_db == 2995 and n_db < N_DB
activity(S_DB, ["【安全性検討事項】"] + bullets(who(S_DB)) + [
    "【目的】", "本剤を使用した患者と、他の経口の分子標的薬を使用した患者とで、網膜障害の発現割合を比べる。", "【実施計画】",
    f"調査期間：{W(DB[0])}～{W(DB_PLANTED)}",                                                                      # G-D02
    f"目標症例数：{wide('3,000')}例（本剤を使用した患者として）", "使用するデータベース：複数の病院の診療情報と診療報酬請求の情報を結び付けた国内のデータベース",
    "観察期間：投与開始から最長１２カ月間",
    "【実施計画の根拠】", "目標症例数：発現頻度0.1％の網膜静脈閉塞を95％の確率で1例以上検出できる例数は2,395例であり、3,000例とした。",   # G-D10
    "観察期間：臨床試験では網膜障害の大部分が投与開始から12か月以内に認められたため。",
    "【節目となる予定の時期及びその根拠】", "・安全性定期報告時。データの蓄積の状況を確かめるため。", "・調査終了時。調査期間終了から１年後に最終報告書を作成する。データの抽出と解析に要する期間を考慮した。"] + NEXT)
n_tr = one_proportion(.4, .2, .05, .8)
assert n_tr <= N_TRIAL
activity(S_TRIAL, ["【安全性検討事項】"] + bullets(who(S_TRIAL)) + [
    "【目的】", "中等度の肝機能障害を有する患者に減量した本剤を投与したときの安全性と薬物動態を調べる。", "【実施計画】",
    f"試験期間：{W(TRIAL[0])}～{W(TRIAL[1])}", f"登録期間：{W(TRIAL[0])}～{W(TRIAL_REG)}", f"目標症例数：{wide(N_TRIAL)}例", "試験の種類：非盲検単群試験（jRCT2031990562として登録済み）",
    "観察期間：投与開始から最長５２週間",
    "【実施計画の根拠】", f"目標症例数：重篤な有害事象の発現割合の閾値を40％、期待値を20％とし、片側有意水準5％、検出力80％で一標本の割合の検定（正規近似）を行うと{n_tr}例が必要であり、脱落を考えて{N_TRIAL}例とした。",
    "観察期間：HAYATE-2試験での投与期間の中央値が41週間であったため。",
    "【節目となる予定の時期及びその根拠】", "試験終了時。試験終了から１年後に総括報告書を作成する。通常の作成期間による。"] + NEXT)

# ---- 3 ---------------------------------------------------------------------------------------------------------------
p.line("３．有効性に関する調査・試験の計画の概要", 12, True, before=8, keep=True)
p.table([[S_ALL], [["【有効性に関する検討事項】", "・" + EFFICACY, "【目的】", "投与開始後の生存の状況を、患者の背景別に調べる。", "【実施計画】",
                    f"「２．医薬品安全性監視計画の概要」の{S_ALL}に同じ（目標症例数：{wide(N_ALL)}例）。", "【実施計画の根拠】", "安全性の調査で患者の全てを追跡するため、同じ患者で有効性を調べることができる。",
                    "【節目となる予定の時期及びその根拠】", "調査終了時。全ての患者の追跡を終えた後に解析するため。"]]], [16.4], 10, shaded=(0,), bold=(0,), indents={1: .3})

# ---- 4 ---------------------------------------------------------------------------------------------------------------
p.line("４．リスク最小化計画の概要", 12, True, before=14, keep=True)
p.table([["通常のリスク最小化活動"], [["通常のリスク最小化活動の概要：", ROUTINE_RM]]], [16.4], 10, shaded=(0,))
p.line(size=6)


def measure(name, extra, aim, how, then, first=False):
    names = [c for c in RM if name in RM[c]] + extra
    lines = ["【安全性検討事項】"] + bullets(names) + ["【目的】", aim, "【具体的な方法】"] + how + ["【節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置】", then]
    p.table(([["追加のリスク最小化活動"]] if first else []) + [[name], [lines]], [16.4], 10, shaded=(0, 1) if first else (0,), bold=(1,) if first else (0,), indents={2 if first else 1: .3})
    p.line(size=6)


measure(M_EPPV, [], "販売直後の適正使用を促し、重篤な副作用の発現を抑える。", ["・「２．医薬品安全性監視計画の概要」の市販直後調査に同じ。"],
        "販売開始から６カ月後。調査の結果から新たな注意が必要と判断したときは、資材の追加を検討する。", first=True)
measure(M_GUIDE, [], "副作用の初期症状、必要な検査及び減量・休薬の基準を医師、薬剤師及び看護師に伝える。", ["・納入前に医薬情報担当者が説明して提供する。", "・当社の医療関係者向けのウェブサイトに掲載する。"],
        "安全性定期報告時に、対象とする副作用の発現と重篤化の状況を確かめ、改訂や提供方法の変更の要否を検討する。")
measure(M_BOOK, [EYE], "毎日の服薬と体調を記録し、受診が必要な症状に患者自身が気付けるようにする。", ["・初回の処方時に医療従事者から患者に渡す。", "・内容を音声で読み上げる電子版を設ける。"],     # G-D08: EYE
        "安全性定期報告時に、副作用の発見の経緯を確かめ、内容の見直しの要否を検討する。")
measure(M_FLOW, [], "本剤を適切に使用できる医師及び施設に限って納入する。", ["・がん薬物療法の経験、呼吸器及び循環器の医師との連携等の条件を満たすことを確かめた施設にのみ納入する。", "・特約店の協力を得て、確認を終えていない施設への納入を防ぐ。"],
        "安全性定期報告時に、条件の適合状況と副作用の発現の状況を確かめ、条件の変更又は終了の要否を検討する。")

# ---- 5 ---------------------------------------------------------------------------------------------------------------
p.line("５．医薬品安全性監視計画、有効性に関する調査・試験の計画及びリスク最小化計画の一覧", 12, True, before=10, keep=True)
p.line("５．１　医薬品安全性監視計画の一覧", 11, True, before=6, keep=True)
p.table([["通常の医薬品安全性監視活動"], [ROUTINE_PV]], [16.4], 9, shaded=(0,))
WT = S_TRIAL.replace("HAYATE-5", wide("HAYATE-5"))
p.line("追加の医薬品安全性監視活動", 9, before=2, keep=True)
p.table([["追加の医薬品安全性監視活動の名称", "節目となる症例数／目標症例数", "節目となる予定の時期", "実施状況", "報告書の作成予定日"],
         [S_EPPV, "該当せず", "販売開始から６カ月後", "実施中", "調査終了後２カ月以内"],
         [S_ALL, "６００例", ["・安全性定期報告時", "・調査終了時"], "実施中", "調査終了から９カ月後"],                                         # G-D12
         [S_DB, "３，０００例", ["・安全性定期報告時", "・調査終了時"], "計画中", "調査終了から１年後"],
         [WT, "３６例", "・試験終了時", "実施中", "試験終了から１年後"]],                                               # G-D11
        [4.4, 2.4, 3.9, 1.8, 3.9], 9, heads=1, repeat=True)
p.line("５．２　有効性に関する調査・試験の計画の一覧", 11, True, before=10, keep=True)
p.table([["有効性に関する調査・試験の名称", "節目となる症例数／目標症例数", "節目となる予定の時期", "実施状況", "報告書の作成予定日"],
         [S_ALL, "６００例", "・調査終了時", "実施中", "調査終了から６カ月後"]], [4.4, 2.4, 3.9, 1.8, 3.9], 9, heads=1, repeat=True)
p.line("５．３　リスク最小化計画の一覧", 11, True, before=10, keep=True)
p.table([["通常のリスク最小化活動"], [ROUTINE_RM]], [16.4], 9, shaded=(0,))
p.line("追加のリスク最小化活動", 9, before=2, keep=True)
EPPV_PLANTED = D(2027, 1, 19)                                                                                                              # G-D03
p.table([["追加のリスク最小化活動の名称", "節目となる予定の時期", "実施状況"],
         [M_EPPV, ["実施期間：", f"{W(EPPV[0])}～{W(EPPV_PLANTED)}", "評価の予定時期：調査終了後２カ月以内", "報告の予定時期：調査終了後２カ月以内"], "実施中"],
         [M_GUIDE, "・安全性定期報告時", "実施中"], [M_BOOK, "・安全性定期報告時", "実施中"], [M_FLOW, "・安全性定期報告時", "実施中"]],
        [6.4, 8.0, 2.0], 9, heads=1, repeat=True)

pages = convert(p, "G", OUT)
print("pages", len(pages) - 1)

iso = lambda d: d.isoformat()                                      # noqa: E731
structure = {
    "product": PRODUCT, "ingredient": SUBSTANCE, "company": COMPANY, "class": "874291", "approval_date": iso(APPROVED), "ibd": "2025-07-31",
    "approval_numbers": [A1, A2], "submission_date": W(AS_OF), "submission_date_iso": iso(AS_OF), "previous_submission": W(BEFORE),
    "reexamination": [f"８年（{W(APPROVED)}～{W(REEXAM)}）"], "indications": ["血管新生阻害薬による治療の後に増悪した根治切除不能又は転移性の腎細胞癌"],
    "concerns": {"identified": [ILD, QT, LIVER, EYE, SKIN], "potential": [FETUS, HEART], "missing": [CHILD]}, "concern_counts": [5, 2, 1],
    "concerns_in_summary": {"identified": 5, "potential": 1, "missing": 1}, "efficacy_concerns": [EFFICACY],
    "surveys": [
        {"name": S_EPPV, "type": "市販直後調査", "period": {"2": [iso(x) for x in EPPV], "5.3": [iso(EPPV[0]), iso(EPPV_PLANTED)]}, "status": "実施中",
         "concerns": who(S_EPPV), "report": {"2": iso(EPPV_REPORT), "5.1": "調査終了後２カ月以内", "5.3": "調査終了後２カ月以内"}},
        {"name": S_ALL, "type": "一般使用成績調査", "period": [iso(x) for x in ALL], "registration": [iso(ALL[0]), iso(ALL_REG)],
         "target": {"2": N_ALL, "3": N_ALL, "5.1": N_ALL, "5.2": N_ALL}, "status": "実施中", "concerns": who(S_ALL),
         "report": {"2": iso(ALL_REPORT), "5.1": "調査終了から９カ月後", "5.2": "調査終了から６カ月後"}},
        {"name": S_DB, "type": "製造販売後データベース調査", "period": [iso(DB[0]), iso(DB_PLANTED)], "target": {"2": N_DB, "5.1": N_DB}, "status": "計画中",
         "concerns": who(S_DB), "report": {"2": "調査期間終了から１年後", "5.1": "調査終了から１年後"}},
        {"name": S_TRIAL, "type": "製造販売後臨床試験", "period": [iso(x) for x in TRIAL], "registration": [iso(TRIAL[0]), iso(TRIAL_REG)],
         "target": {"2": N_TRIAL, "5.1": N_TRIAL}, "status": "実施中", "concerns": who(S_TRIAL), "report": {"2": "試験終了から１年後", "5.1": "試験終了から１年後"}}],
    "materials": [M_EPPV, M_GUIDE, M_BOOK, M_FLOW],
    "summary_activities": {"2": [S_EPPV, S_ALL, S_DB, S_TRIAL], "3": [S_ALL], "4": [M_EPPV, M_GUIDE, M_BOOK, M_FLOW]},
    "rows_5_1": [S_EPPV, S_ALL, S_DB, S_TRIAL], "rows_5_2": [S_ALL], "rows_5_3": [M_EPPV, M_GUIDE, M_BOOK, M_FLOW],
    "studies": {"HAYATE-1": [H1], "HAYATE-2": [H2, CTRL], "HAYATE-2X": [H2X], "jRCT2031990148": [JP2]}}
defects = [
    ("approval-number-era", ["date-mismatch"], "品目の概要 承認番号②", [A2], "30800… : both strengths were approved in 2026 (令和8年)"),
    ("survey-after-reexamination", [], "2 製造販売後データベース調査 調査期間", [f"調査期間：{W(DB[0])}～{W(DB_PLANTED)}"], f"ends, with its report, before the re-examination period ends ({iso(REEXAM)})"),
    ("eppv-period", ["period-mismatch"], "5.3 市販直後調査による情報提供 vs 2", [f"{W(EPPV[0])}～{W(EPPV_PLANTED)}", f"（{W(EPPV[0])}～{W(EPPV[1])}）"], "six months, to 2026-11-19 as in 2"),
    ("denominator", [], "1.1 網膜障害", ["5.2％（11／213例）"], "HAYATE-2 本剤群 is 231 everywhere else (12/231 = 5.2%)"),
    ("percentage", [], "1.1 QT間隔延長, table", [wide("4.6%（12/187例）")], "6.4%"),
    ("sum", [], "1.1 間質性肺疾患", ["併合した18例の内訳は、Grade 1が5例、Grade 2が7例、Grade 3が3例、Grade 4が1例、Grade 5が1例"], "5+7+3+1+1 = 17; Grade 4 is 2 (and Grade 3 or more 6, as in the table)"),
    ("study-id", [], "1.1 重度の皮膚障害", ["jRCT2031990184"], "jRCT2031990148"),
    ("matrix", [], "4 服薬ハンドブック lists 網膜障害; 1.1 網膜障害 does not declare the handbook",
     ["・網膜障害（漿液性網膜剥離、網膜静脈閉塞等）【目的】毎日の服薬",
      "２）医療従事者向け資材（適正使用ガイド）の作成と提供〈選択理由〉見え方の変化"],
     "declared in 1.1 or not listed in 4"),
    ("summary-missing-concern", ["concern-name"], "概要 1.1 lacks a potential risk", ["心機能障害（左室駆出率低下、心不全）重要な潜在的リスクとした理由", "【重要な潜在的リスク】"], f"概要: {HEART}"),
    ("sample-size", [], "2 製造販売後データベース調査 根拠", ["95％の確率で1例以上検出できる例数は2,395例"], "2,995 (ln 0.05 / ln 0.999 = 2,994.2)"),
    ("status-mismatch", ["status-date"], "5.1 製造販売後臨床試験 is 実施中 before its start in 2", [f"試験期間：{W(TRIAL[0])}～{W(TRIAL[1])}", "・試験終了時"],
     "計画中 on the day of submission, 2026-09-18"),
    ("report-deadline", [], "2 and 5.2 vs 5.1 一般使用成績調査（全例調査）", ["調査終了から９カ月後", f"調査期間終了後６カ月以内（{W(ALL_REPORT)}まで）", "調査終了から６カ月後"], "調査終了から6カ月後 in 5.1"),
    ("condition-mismatch", ["survey-method"], "2 一般使用成績調査（全例調査） 実施方式 vs 承認条件", ["実施方式：連続調査方式（施設と契約した例数に達した時点で登録を終える）", "本剤を使用する全ての患者を対象とした使用成績調査"], "全例調査方式, as the condition, the survey's name and 1.1 say"),
    ("abbreviation-undefined", [], "1.1 網膜障害", ["CSC"], "spelt out (中心性漿液性脈絡網膜症) or defined")]
traps = [
    ("half-up 6.25→6.3, full-width in a table", [fw(3, JP2)]),
    ("pooled denominators in full-width tables and in b例のうち (187+231+48=466)", [fw(18, POOL), fw(25, POOL), f"併合した{POOL}例のうち{f(3, POOL)}"]),
    ("a例／b例 before the percentage", [f"2例／{POOL}例（{percent(2, POOL)}％）", f"21例／{POOL}例（{percent(21, POOL)}％）"]),
    ("two studies, one name the prefix of the other (HAYATE-2: 231 and 228, HAYATE-2X: 64)", [f"64例中5例（{percent(5, H2X)}％）"]),
    ("subset denominator explained in the sentence", [f"日本人での網膜障害は{f(4, H1J)}"]),
    ("a study cited by its NCT number alone", [f"NCT09914238では{among(5, H1).replace('%', '％')}"]),
    ("sample size by detection probability that reproduces", [f"95％の確率で1例以上検出できる例数は{n_all}例"]),
    ("one-proportion sample size that reproduces (normal approximation)", [f"一標本の割合の検定（正規近似）を行うと{n_tr}例が必要"]),
    ("expected counts and a Poisson probability that reproduce", ["期待発現数は3.0例となり、Poisson分布に従うとすると1例も観察されない確率は5.0％", "23例程度のILD"]),
    ("Civil Code: 05-20 + 6 months = 11-19, + 2 months = 01-19", [f"調査終了後２カ月以内（{W(EPPV_REPORT)}まで）"]),
    ("registration + observation ends three days before the survey does", [f"登録期間：{W(ALL[0])}～{W(ALL_REG)}", "観察期間：投与開始から１０４週間"]),
    ("defined short name within a concern in a list", ["ILD（肺臓炎を含む）"]),
    ("full-width letters of a concern or activity in 概要 and 5.1", ["ＱＴ間隔延長及び心室性不整脈", "　" + WT]),
    ("approval number that agrees with the year of approval (308 = 令和8年 = 2026)", [A1]),
    ("confidence interval and hazard ratio without counts", ["ハザード比は0.74（95％信頼区間：0.57～0.96）", f"相対リスクは{RR}（95％信頼区間：{CI}）"])]
truth("G", OUT, iso(AS_OF), structure, defects, traps)
