#!/usr/bin/env python3
"""Plan H: an invented biosimilar without re-examination period. Era years, 概要 with 頁 columns, ①②, few activities.

    python3 H.py [FOLDER]
"""
import sys

from build import FOLDER, Paper, among, convert, datetime, detect, era, months_after, nb, percent, period_end, risk_ratio, share, truth

OUT = sys.argv[1] if len(sys.argv) > 1 else FOLDER
D = datetime.date
iso = lambda d: d.isoformat()                                        # noqa: E731
CIRCLED = "①②③④⑤⑥"

# ---- facts, each once ------------------------------------------------------------------------------------------------
AS_OF, APPROVED, LAUNCH, SECOND, RATE = D(2026, 6, 3), D(2023, 3, 14), D(2023, 6, 1), D(2024, 2, 9), D(2025, 11, 18)
BEFORE_PLANTED = D(2026, 7, 8)                                       # H-D01
EPPV = (LAUNCH, period_end(LAUNCH, 6))
CMP, CMP_REG, CMP_REG_PLANTED = (D(2023, 10, 1), D(2027, 9, 30)), D(2026, 6, 30), D(2026, 12, 31)      # H-D06
CMP_REPORT = months_after(CMP[1], 6)
DB, DB_END = (D(2024, 4, 1), D(2026, 3, 31)), D(2028, 3, 31)         # H-D05: the end ought to be DB_END
YEAR = datetime.timedelta(weeks=52)
assert CMP_REG + YEAR <= CMP[1] < CMP_REG_PLANTED + YEAR and DB[1] < AS_OF < DB_END

P1, P1R, P3, P3R, KEEP, SWITCH = 80, 80, 206, 204, 188, 91           # OBS-30 (two arms), OBS-301 (two arms), extension (two arms)
RR, CI = risk_ratio(35, P3, 36, P3R)
PRODUCT = ["オルテズマブBS点滴静注100mg「浅葱」", "オルテズマブBS点滴静注400mg「浅葱」"]
SUBSTANCE, COMPANY = "オルテズマブ（遺伝子組換え）［オルテズマブ後続1］", "浅葱バイオ株式会社"
IR, INF, HBV = "infusion reaction", "感染症（日和見感染症を含む）", "B型肝炎ウイルスの再活性化"
PML = "progressive multifocal leukoencephalopathy（PML）"
ADA = "免疫原性（抗薬物抗体の産生による効果の減弱及び遅発性の過敏症を含む）"
S_EPPV, S_CMP, S_DB = "市販直後調査", "使用成績比較調査（関節リウマチ）", "製造販売後データベース調査（潰瘍性大腸炎）"
M_GUIDE, M_CARD = "医療従事者向け資材（適正使用ガイド）の作成及び配布", "患者向け資材（治療カード）の作成及び配布"
PV = {IR: [S_CMP], INF: [S_CMP, S_DB], HBV: [S_DB], PML: [], ADA: [S_CMP]}
RM = {IR: [M_GUIDE], INF: [M_GUIDE, M_CARD], HBV: [M_GUIDE], PML: [M_GUIDE, M_CARD], ADA: []}
ROUTINE_PV = "国内及び外国で得られた副作用、感染症、文献及び措置に関する情報を評価し、その結果に応じて安全対策を講じる。"
ROUTINE_RM = "電子添文及び患者向医薬品ガイドを用いて、最新の注意事項を医療現場に届ける。"
ROUTINE_RM_PLANTED = "添付文書の改訂及び「使用上の注意の解説」の配布による注意喚起"                                   # H-D07


def build(page):
    """The plan with these page numbers in its summary."""
    p = Paper("IPAexGothic", 10.5, (2.4, 2.0, 2.5, 2.5), spacing=1.15)
    w = p.width
    head = p.doc.sections[0].header.paragraphs[0]
    p.write(head, "オルテズマブBS点滴静注「浅葱」　RMP　　　　　　　　　　　　　　　　　　　　　　　頁 ", 9)
    p.field(head, "PAGE")

    for _ in range(8):
        p.line()
    p.line("、\n".join(PRODUCT) + "に係る\n医薬品リスク管理計画書", 17, align="c")
    for _ in range(17):
        p.line()
    p.line(COMPANY, 14, align="c")
    p.page()

    # 概要
    n = lambda x: str(page.get(x, "0"))                              # noqa: E731
    p.line("オルテズマブBS点滴静注「浅葱」に係る医薬品リスク管理計画書（RMP）の概要", 11.5, align="c")
    p.table([["販売名", PRODUCT, "有効成分", SUBSTANCE], ["製造販売業者", COMPANY, "薬効分類", "872399"], ["提出年月日", era(AS_OF), "<", "<"]],
            [2.5, 6.6, 2.1, w - 11.2], 9.5)
    p.line(size=6)
    p.table([["1.1. 安全性検討事項", "<", "<", "<", "<", "<"],
             ["【重要な特定されたリスク】", "頁", "【重要な潜在的リスク】", "頁", "【重要な不足情報】", "頁"],
             [IR, n(IR), PML, n(PML), "該当なし", "－"], [INF, n(INF), ADA, n(ADA), "", ""], [HBV, n(HBV), "", "", "", ""],
             ["1.2. 有効性に関する検討事項", "<", "<", "<", "<", "頁"], ["該当なし", "<", "<", "<", "<", "－"]],
            [4.3, .9, 5.2, .9, w - 12.2, .9], 9.5, shaded=(0, 1, 5))
    p.line("↓上記に基づく安全性監視のための活動", 9.5, align="c")
    p.table([["2. 医薬品安全性監視計画の概要", "頁"], ["通常の医薬品安全性監視活動", n("2")], ["追加の医薬品安全性監視活動", ""], ["　" + S_CMP, n(S_CMP)], ["　" + S_DB, n(S_DB)],
             ["3. 有効性に関する調査・試験の計画の概要", "頁"], ["該当なし", "－"]], [w - .9, .9], 9.5, shaded=(0, 5))
    p.line("↓上記に基づくリスク最小化のための活動", 9.5, align="c")
    p.table([["4. リスク最小化計画の概要", "頁"], ["通常のリスク最小化活動", n("4")], ["追加のリスク最小化活動", ""], ["　" + M_GUIDE, n(M_GUIDE)], ["　" + M_CARD, n(M_CARD)]],
            [w - .9, .9], 9.5, shaded=(0,))
    p.page()

    # 品目の概要
    p.line("（別紙様式1）", 9, align="r")
    p.line("医薬品リスク管理計画書", 15, align="c")
    p.line("会社名：" + COMPANY, align="r", before=4)
    p.table([["品目の概要", "<", "<", "<"],
             ["承認年月日", era(APPROVED), "薬効分類", "872399"],
             ["再審査期間", "該当なし（再審査の対象外）", "承認番号", ["①30500AMX00926000", "②30500AMX00927000"]],
             ["国際誕生日", era(D(2022, 11, 8)), "<", "<"],
             ["販売名", ["①" + PRODUCT[0], "②" + PRODUCT[1]], "<", "<"], ["有効成分", SUBSTANCE, "<", "<"],
             ["含量及び剤形", ["①1バイアル（5mL）中にオルテズマブ（遺伝子組換え）［オルテズマブ後続1］100mgを含む注射剤", "②1バイアル（20mL）中にオルテズマブ（遺伝子組換え）［オルテズマブ後続1］400mgを含む注射剤"], "<", "<"],
             ["用法及び用量", ["［関節リウマチ］体重1kg当たり4mgを4週間ごとに点滴静注する。", "［潰瘍性大腸炎］体重1kg当たり6mgを初回、2週後及び6週後に、以後は8週間ごとに点滴静注する。"], "<", "<"],
             ["効能又は効果", ["1. 関節リウマチ（既存の治療で効果が十分に得られない場合）", "2. 中等症から重症の潰瘍性大腸炎（既存の治療で効果が十分に得られない場合）"], "<", "<"],
             ["承認条件", "医薬品リスク管理計画を策定の上、適切に実施すること。", "<", "<"],
             ["備考", [f"{era(APPROVED)}　承認（バイオ後続品、効能1）", f"{era(SECOND)}　効能2の追加", f"{era(LAUNCH)}　販売開始", f"{era(RATE)}　用法及び用量の変更（点滴速度）"], "<", "<"]],   # H-D02
            [2.6, 5.8, 2.1, w - 10.5], 9.5, shaded=(0,))
    p.line(size=8)
    p.table([["変更の履歴"], [["前回提出日：" + era(BEFORE_PLANTED), "変更内容の概要：", "①「医療従事者向け資材（適正使用ガイド）」の改訂", "②「5.1 医薬品安全性監視計画の一覧」の記載の整備", "変更理由：", "①点滴速度の変更に伴う注意を加えたため", "②表記を統一したため"]]],
            [w], 9.5, shaded=(0,))
    p.page()

    # 1.1
    p.line("1. 医薬品リスク管理計画の概要", 12.5, keep=True)
    p.line("1.1 安全性検討事項", 11.5, before=4, keep=True)
    GUIDE_C = "電子添文の「重要な基本的注意」の項等及び患者向医薬品ガイドで注意を促す。"
    rows, heads = [], []

    def group(name):
        heads.append(len(rows))
        rows.append([name, "<"])

    def concern(name, kind, reason, pv_why, rm_why):
        rows.append([name, "<"])
        rows.append(["", [f"{kind}とした理由："] + reason])
        extra = ["追加の医薬品安全性監視活動として、以下を実施する。"] + [f">{CIRCLED[i]}{x}" for i, x in enumerate(PV[name])] if PV[name] else []
        rows.append(["", ["医薬品安全性監視活動の内容及びその選択理由：", "【内容】", "通常の医薬品安全性監視活動"] + extra + ["【選択理由】", pv_why]])
        extra = ["追加のリスク最小化活動として、以下を実施する。"] + [f">{CIRCLED[i]}{x}" for i, x in enumerate(RM[name])] if RM[name] else []
        rows.append(["", ["リスク最小化活動の内容及びその選択理由：", "【内容】", "通常のリスク最小化活動として、" + GUIDE_C] + extra + ["【選択理由】", rm_why]])

    IDENT, POT = "重要な特定されたリスク", "重要な潜在的リスク"
    assert 5 + 13 == 18 and P1 + P3 == 286
    group(IDENT)
    concern(IR, IDENT, [
        "本剤は、平成31年4月26日に承認され令和元年6月3日から販売されている先行バイオ医薬品（以下、「先行品」）のバイオ後続品であり、欧州では2022年11月8日に承認された。",
        f"関節リウマチ（以下、「RA」）の患者を対象とした国際共同第III相試験（試験番号：OBS-301）では、点滴中又は点滴後24時間以内のinfusion reactionが本剤群では206例中13例（3.6%）、先行品群では{among(15, P3R)}に認められた。健康成人を対象とした国内第I相試験（試験番号：OBS-30）では、本剤群の{share(5, P1)}、先行品群の{share(3, P1R)}であった。二つの試験の本剤群を合わせると{share(18, P1 + P3)}となる。",       # H-D10: 6.3
        "多くは初回又は2回目の点滴中に発現し、点滴速度を落とすことで回復したが、血圧の低下や呼吸困難を伴い入院を要した患者がいることから、重要な特定されたリスクとした。"],
        "先行品で治療を受ける患者と同じ条件で比べ、発現の割合と重症度に違いがないかを調べる。",
        "点滴速度の目安と、発現したときの処置を医療従事者に伝える。")
    concern(INF, IDENT, [
        f"OBS-301試験における感染症は本剤群の{share(59, P3)}、先行品群の{share(62, P3R)}であり、重篤なものはそれぞれ{share(6, P3)}、{share(5, P3R)}であった。本剤群の国内の患者71例に限ると、感染症は{share(19, 71)}に認められた。",
        f"53週以降の継続投与期に本剤を続けた{KEEP}例では{share(21, KEEP)}、先行品から本剤に切り替えた{SWITCH}例では{share(11, SWITCH)}に感染症が認められた。",
        "日和見感染症により死亡した患者が外国で報告されていることから、重要な特定されたリスクとした。"],
        "RAの患者では先行品と比べ、潰瘍性大腸炎の患者ではデータベースにより入院を要する感染症の頻度を調べる。",
        "投与前の検査と投与中の観察の要点を医療従事者に、受診を要する症状を患者に伝える。")
    concern(HBV, IDENT, [
        f"OBS-301試験では、B型肝炎ウイルス（以下、「HBV」）の既往感染が投与前に確かめられた38例のうち{share(1, 38)}でHBVの増殖が認められた。先行品では劇症肝炎に至った症例が知られていることから、重要な特定されたリスクとした。"],
        "検査値を含むデータベースを用いて、既往感染の患者での発現を調べる。",
        "投与前の検査と、既往感染の患者での経過の観察を促す。")
    group(POT)
    concern(PML, POT, [
        f"先行品と同じ作用の薬剤で進行性多巣性白質脳症（PML）が報告されている。OBS-301試験では本剤群（{P3}例）及び先行品群（{P3R}例）のいずれにも認められず、本剤との関係は明らかでないため、重要な潜在的リスクとした。"],
        "まれな疾患であり調査の中で発現を期待しにくいため、通常の活動により情報を集める。",
        "疑うべき神経症状を医療従事者と患者に知らせ、早期の診断につなげる。")
    concern(ADA, IDENT, [                                           # H-D09: POT
        f"抗薬物抗体（以下、「ADA」）は、OBS-301試験の本剤群の{share(35, P3)}、先行品群の{share(36, P3R)}で陽性となった。先行品群に対する比は{RR}（95%信頼区間：{CI}）であった。ADAと効果の減弱との関係は定まっていないため、重要な潜在的リスクとした。"],
        "治療の変更や過敏症の有無を先行品と比べ、ADAの影響が疑われる症例を集める。",
        "関係が定まるまでは、電子添文等による情報の提供で足りると考える。")
    group("重要な不足情報")
    rows.append(["該当なし", "<"])
    names = [i for i, r in enumerate(rows) if r[1] == "<" and i not in heads]
    p.table(rows, [.6, w - .6], 10, shaded=heads, bold=heads + names, whole=True)
    p.line("1.2 有効性に関する検討事項", 11.5, before=10, keep=True)
    p.table([["該当なし"]], [w], 10)

    # 2
    LATER = ["【当該医薬品安全性監視活動の結果に基づいて実施される可能性のある追加の措置及びその開始の決定基準】",
             "先行品と異なる傾向又は新たな懸念が見いだされたときは、速やかに専門家の意見を聴き、電子添文又は資材の改訂及び本計画の変更を検討する。"]
    p.line("2. 医薬品安全性監視計画の概要", 12.5, before=12, keep=True)
    n_cmp, n_db = detect(.01, .95), detect(.0025, .90)
    assert n_cmp == 299 and n_db == 920
    p.table([["通常の医薬品安全性監視活動", "<"], ["", ["通常の医薬品安全性監視活動の概要：", ROUTINE_PV]], ["追加の医薬品安全性監視活動", "<"],
             [S_CMP, "<"],
             ["", ["【安全性検討事項】", "①Infusion reaction、②感染症（日和見感染症を含む）、", "③" + ADA, "【目的】", "RAの患者を対象に、本剤と先行品の安全性を比べる。", "【実施計画】",
                   f"調査期間：{era(CMP[0])}～{era(CMP[1])}", f"登録期間：{era(CMP[0])}～{era(CMP_REG_PLANTED)}", "目標症例数：本剤群300例、先行品群300例（計600例）", "実施方式：中央登録方式", "観察期間：投与開始から52週間",
                   "【実施計画の根拠】", f"目標症例数：1群当たり{n_cmp}例あれば、1%の頻度で発現する副作用を95%の確率で1例以上検出できることから、各群300例とした。OBS-301試験の本剤群での感染症の発現割合（{percent(59, P3)}%）から、本剤群では86例程度の感染症が見込まれる。",
                   "観察期間：OBS-301試験の比較期間に合わせた。",
                   "【節目となる予定の時期及びその根拠】", "①各群150例の登録が終わった時点：背景の偏りを確かめるため。", "②調査終了時：調査期間終了後6ヵ月以内に報告書を作成する。集計と解析に要する期間を見込んだ。"] + LATER],
             [S_DB, "<"],
             ["", ["【安全性検討事項】", "①感染症（日和見感染症を含む）、②B型肝炎ウイルスの再活性化", "【目的】", "潰瘍性大腸炎の患者における入院を要する感染症及びHBVの再活性化の頻度を調べる。", "【実施計画】",
                   f"調査期間：{era(DB[0])}～{era(DB[1])}", "目標症例数：1,000例（中間集計は500例）", "実施方式：複数の病院の診療情報を集めた国内のデータベースを用いる。", "観察期間：投与開始から投与終了後3ヵ月まで",
                   "【実施計画の根拠】", f"目標症例数：0.25%の頻度で発現する副作用を90%の確率で1例以上検出できる{n_db}例を上回る数とした。",
                   "観察期間：本剤が体内から消失するまでの期間を考慮した。",
                   "【節目となる予定の時期及びその根拠】", "①500例の中間集計時：頻度の見込みを確かめるため。", "②調査終了時：調査期間終了後1年以内に報告書を作成する。データの入手と解析に要する期間を見込んだ。"] + LATER]],
            [.6, w - .6], 10, shaded=(0, 2), bold=(0, 2, 3, 5))

    p.line("3. 有効性に関する調査・試験の計画の概要", 12.5, before=12, keep=True)
    p.table([["該当なし"]], [w], 10)

    # 4
    p.line("4. リスク最小化計画の概要", 12.5, before=12, keep=True)
    p.table([["通常のリスク最小化活動", "<"], ["", ["通常のリスク最小化活動の概要：", ROUTINE_RM]], ["追加のリスク最小化活動", "<"],
             [M_GUIDE, "<"],
             ["", ["【安全性検討事項】", "①infusion related reaction、②感染症（日和見感染症を含む）、", "③B型肝炎ウイルスの再活性化、④PML",                     # H-D08
                   "【目的】", "投与前の検査、点滴中の観察及び発現時の処置に必要な情報を伝える。", "【具体的な方法】", "①納入時に説明して配布する。", "②当社ホームページに掲載する。",
                   "【節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置】", "販売開始から1年ごとの評価時に、副作用の報告状況を基に改訂の要否を検討する。"]],
             [M_CARD, "<"],
             ["", ["【安全性検討事項】", "①感染症（日和見感染症を含む）、②PML", "［目的］", "治療中であることを他の医療機関にも示し、症状が現れたときの受診につなげる。", "［具体的な方法］", "①初回の投与時に患者に渡す。", "②紛失したときは再び渡す。",
                   "【節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置】", "安全性定期報告時に、カードの配布数と副作用の報告状況を基に見直しの要否を検討する。"]]],        # H-D11
            [.6, w - .6], 10, shaded=(0, 2), bold=(0, 2, 3, 5))

    # 5
    p.line("5. 医薬品安全性監視計画、有効性に関する調査・試験の計画及びリスク最小化計画の一覧", 12.5, before=14, keep=True)
    p.line("5.1 医薬品安全性監視計画の一覧", 11.5, before=4, keep=True)
    c = [3.5, 3.4, 4.1, 1.5, w - 12.5]
    p.table([["通常の医薬品安全性監視活動", "<", "<", "<", "<"], [ROUTINE_PV, "<", "<", "<", "<"], ["追加の医薬品安全性監視活動", "<", "<", "<", "<"],
             ["追加の医薬品安全性監視活動の名称", "節目となる症例数／目標症例数", "節目となる予定の時期", "実施状況", "報告書の作成予定日"],
             [S_EPPV, "該当せず", "販売開始から6ヵ月後", "終了", "調査終了2ヵ月後"],                                                                   # H-D04
             [S_CMP, ["①本剤群：300例", "②先行品群：200例"], ["①各群150例の登録が終わった時点", "②調査終了時"], "実施中", era(CMP_REPORT)],             # H-D13
             [S_DB, ["①中間：500例", "②最終：1,000例"], "①500例の中間集計時", "実施中", "調査終了1年後"]],                              # H-D12
            c, 9, shaded=(0, 2, 3))
    p.line("5.2 有効性に関する調査・試験の計画の一覧", 11.5, before=10, keep=True)
    p.table([["有効性に関する調査・試験の名称", "節目となる症例数／目標症例数", "節目となる予定の時期", "実施状況", "報告書の作成予定日"], ["該当なし", "－", "－", "－", "－"]], c, 9, shaded=(0,))
    p.line("5.3 リスク最小化計画の一覧", 11.5, before=10, keep=True)
    eppv = [S_EPPV, [f"実施期間：{era(EPPV[0])}から6ヵ月間", f"（{era(EPPV[1])}まで）", "評価の予定時期：令和6年1月", "報告の予定時期：令和6年1月"], "終了"]
    p.table([["通常のリスク最小化活動", "<", "<"], [ROUTINE_RM_PLANTED, "<", "<"], ["追加のリスク最小化活動", "<", "<"],
             ["追加のリスク最小化活動の名称", "節目となる予定の時期", "実施状況"], eppv, [M_GUIDE, "販売開始から1年ごとの評価時", "実施中"], [M_CARD, "安全性定期報告時", "実施中"], eppv],        # H-D03
            [6.0, w - 7.8, 1.8], 9.5, shaded=(0, 2, 3))
    p.line("添付資料", 12.5, before=14, keep=True)
    p.table([["資料番号", "資料名", "備考"], ["資料1", "使用成績比較調査（関節リウマチ）実施計画書", "提出済み"], ["資料2", "製造販売後データベース調査（潰瘍性大腸炎）実施計画書", "提出済み"],
             ["資料3", "医療従事者向け資材（適正使用ガイド）", "今回添付"], ["資料4", "患者向け資材（受診カード）", "提出済み"]], [2.2, w - 4.8, 2.6], 9.5, shaded=(0,))             # H-D14
    return p


def find(pages):
    """Where the concerns and activities stand, for the 頁 columns."""
    out = {}
    for x in (IR, INF, HBV, PML, ADA):
        if x == IR:
            out[x] = next(i for i, t in enumerate(pages, 1) if i > 3 and "重要な特定されたリスクinfusionreaction" in t)
        else:
            out[x] = next(i for i, t in enumerate(pages, 1) if i > 3 and nb(x) in t)
    for x, y in ((S_CMP, S_CMP), (S_DB, S_DB), (M_GUIDE, M_GUIDE), (M_CARD, M_CARD), ("2", "通常の医薬品安全性監視活動通常の医薬品安全性監視活動の概要"), ("4", "通常のリスク最小化活動通常のリスク最小化活動の概要")):
        tail = "【安全性検討事項】" if x not in "24" else ""
        out[x] = next(i for i, t in enumerate(pages, 1) if i > 3 and nb(y + tail) in t)
    return out


page = {}
for _ in range(3):
    pages = convert(build(page), "H", OUT)
    if find(pages) == page:
        break
    page = find(pages)
else:
    raise SystemExit("the pages do not settle")
print("pages", len(pages) - 1, page)

structure = {
    "product": PRODUCT, "ingredient": SUBSTANCE, "company": COMPANY, "class": "872399", "approval_date": iso(APPROVED), "ibd": "2022-11-08",
    "approval_numbers": ["30500AMX00926000", "30500AMX00927000"], "submission_date": era(AS_OF), "submission_date_iso": iso(AS_OF), "previous_submission": era(BEFORE_PLANTED),
    "reexamination": [], "indications": ["関節リウマチ（既存の治療で効果が十分に得られない場合）", "中等症から重症の潰瘍性大腸炎（既存の治療で効果が十分に得られない場合）"],
    "concerns": {"identified": [IR, INF, HBV], "potential": [PML, ADA], "missing": []}, "concern_counts": [3, 2, 0], "efficacy_concerns": [],
    "surveys": [
        {"name": S_EPPV, "type": "市販直後調査", "period": [iso(x) for x in EPPV], "status": "終了", "report": {"5.1": "調査終了2ヵ月後", "5.3": "令和6年1月"}},
        {"name": S_CMP, "type": "使用成績比較調査", "period": [iso(x) for x in CMP], "registration": [iso(CMP[0]), iso(CMP_REG_PLANTED)],
         "target": {"2": 600, "5.1": [300, 200]}, "status": "実施中", "concerns": ["Infusion reaction", INF, ADA], "report": {"2": "調査期間終了後6ヵ月以内", "5.1": iso(CMP_REPORT)}},
        {"name": S_DB, "type": "製造販売後データベース調査", "period": [iso(x) for x in DB], "target": {"2": 1000, "5.1": [500, 1000]}, "status": "実施中",
         "concerns": [INF, HBV], "report": {"2": "調査期間終了後1年以内", "5.1": "調査終了1年後"}}],
    "materials": [M_GUIDE, M_CARD], "summary_activities": {"2": [S_CMP, S_DB], "3": [], "4": [M_GUIDE, M_CARD]}, "summary_pages": page,
    "rows_5_1": [S_EPPV, S_CMP, S_DB], "rows_5_2": [], "rows_5_3": [S_EPPV, M_GUIDE, M_CARD, S_EPPV],
    "attachments": ["使用成績比較調査（関節リウマチ）実施計画書", "製造販売後データベース調査（潰瘍性大腸炎）実施計画書", "医療従事者向け資材（適正使用ガイド）", "患者向け資材（受診カード）"],
    "studies": {"OBS-30": [P1, P1R], "OBS-301": [P3, P3R], "OBS-301 extension": [KEEP, SWITCH]}}
defects = [
    ("date-order", [], "変更の履歴 前回提出日 vs 提出年月日", [f"前回提出日：{era(BEFORE_PLANTED)}", era(AS_OF)], "a day before 2026-06-03"),
    ("history-order", ["date-order"], "品目の概要 備考", [f"{era(SECOND)}　効能2の追加 {era(LAUNCH)}　販売開始"], "start of sale (2023-06-01) above the addition of indication 2 (2024-02-09)"),
    ("duplicate-row", [], "5.3 市販直後調査, first and last row", [f"実施期間：{era(EPPV[0])}から6ヵ月間"], "one row"),
    ("finished-without-report", [], "5.1 市販直後調査", ["販売開始から6ヵ月後 終了 調査終了2ヵ月後"], "a real date: 作成済み（令和6年1月提出）, as 5.3 planned"),
    ("ongoing-past-end", ["status-mismatch"], "2 and 5.1 製造販売後データベース調査", [f"調査期間：{era(DB[0])}～{era(DB[1])}", "実施中 調査終了1年後"], "終了, or a period that reaches beyond 2026-06-03"),
    ("registration-after-survey-end", ["observation-after-survey-end"], "2 使用成績比較調査", [f"登録期間：{era(CMP[0])}～{era(CMP_REG_PLANTED)}", "観察期間：投与開始から52週間"],
     f"last registration + 52 weeks = {iso(CMP_REG_PLANTED + YEAR)}, after the survey's end {iso(CMP[1])}"),
    ("routine-text", [], "5.3 vs 4", [ROUTINE_RM_PLANTED, ROUTINE_RM], "same wording"),
    ("concern-name", ["matrix"], "4 適正使用ガイド vs 1.1 and 概要", ["①infusion related reaction"], "infusion reaction"),
    ("fixed-term", ["concern-group"], "1.1 免疫原性, a potential risk", ["重要な特定されたリスクとした理由： 抗薬物抗体"], "重要な潜在的リスクとした理由"),
    ("percentage", [], "1.1 infusion reaction", ["206例中13例（3.6%）"], "6.3%"),
    ("milestone-without-basis", [], "4 and 5.3 治療カード vs 品目の概要", ["安全性定期報告時", "該当なし（再審査の対象外）"], "a product without re-examination period has no 安全性定期報告; another time, as for the guide"),
    ("milestone-mismatch", [], "5.1 vs 2 製造販売後データベース調査", ["①500例の中間集計時 実施中 調査終了1年後", "②調査終了時：調査期間終了後1年以内"], "②調査終了時 in 5.1 too"),
    ("target-mismatch", [], "5.1 vs 2 使用成績比較調査", ["②先行品群：200例", "目標症例数：本剤群300例、先行品群300例（計600例）"], "300例 in 5.1"),
    ("activity-name", ["attachment"], "添付資料 資料4 vs 4", ["患者向け資材（受診カード）"], "患者向け資材（治療カード）")]
traps = [
    ("half-up 6.25→6.3 and 3.75→3.8", [share(5, P1), share(3, P1R)]),
    ("pooled 80+206=286", [share(18, P1 + P3)]),
    ("two studies, one number the prefix of the other (OBS-30: 80 and 80, OBS-301: 206 and 204)", ["国内第I相試験（試験番号：OBS-30）"]),
    ("denominators of a later phase, explained in the sentence", [share(21, KEEP), share(11, SWITCH)]),
    ("subset denominators explained in the sentence", [f"38例のうち{share(1, 38)}", f"71例に限ると、感染症は{share(19, 71)}"]),
    ("the same concern with a capital letter", ["①Infusion reaction"]),
    ("short name of a concern defined by the concern's own name", ["④PML", "②PML"]),
    ("era years around 元年 in the right order; western year of the international birth date", ["平成31年4月26日に承認され令和元年6月3日から販売", "欧州では2022年11月8日に承認"]),
    ("Civil Code: six months from 06-01 end on 11-30", [f"（{era(EPPV[1])}まで）"]),
    ("Civil Code: 6 months after 09-30 end on 03-31, a date in 5.1 against a period in 2", [era(CMP_REPORT), "②調査終了時：調査期間終了後6ヵ月以内"]),
    ("sample sizes that reproduce", ["1群当たり299例あれば、1%の頻度で発現する副作用を95%の確率で", "90%の確率で1例以上検出できる920例"]),
    ("expected count that reproduces (300 x 28.6%)", ["本剤群では86例程度の感染症"]),
    ("confidence interval without counts", [f"先行品群に対する比は{RR}（95%信頼区間：{CI}）"]),
    ("［］ for 【】", ["［目的］", "［具体的な方法］"]),
    ("該当なし and －, also for a whole group of concerns", ["重要な不足情報 該当なし", "1.2 有効性に関する検討事項 該当なし", "3. 有効性に関する調査・試験の計画の概要 該当なし"])]
truth("H", OUT, iso(AS_OF), structure, defects, traps)
