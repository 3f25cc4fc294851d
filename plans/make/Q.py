"""Plan Q: an invented eye drop for glaucoma. All full width, era years, 頁 columns, nested tables, no efficacy concern."""
from kit import *
D = datetime.date
iso = lambda d: d.isoformat()
W = era
class QPaper(Paper):
    def write(self, p, text, size=None, bold=False):
        return super().write(p, text[1:] if text.startswith("¦") else wide(text), size, bold)
AS_OF, APPROVED, LAUNCH, BEFORE = D(2026, 8, 28), D(2023, 9, 25), D(2023, 12, 4), D(2026, 2, 13)
REEXAM, REEXAM_PLANTED = period_end(APPROVED, 96), D(2032, 9, 24)
EPPV = (LAUNCH, period_end(LAUNCH, 6))
S1P, S1R = (D(2024, 2, 1), D(2029, 1, 31)), D(2027, 1, 31)
S2P, S2R = (D(2024, 4, 1), D(2027, 3, 31)), D(2026, 3, 31)
TP, TR = (D(2024, 5, 13), D(2026, 12, 25)), D(2025, 6, 30)
assert period_end(S1R, 24) <= S1P[1] and period_end(S2R, 12) <= S2P[1] and TR + datetime.timedelta(weeks=52) <= TP[1]
A2, A3, C3, A31 = 112, 272, 138, 128
POOL = A2 + A3 + A31
PRODUCT, SUBSTANCE, COMPANY, CLASS = ["ヒカリエム点眼液０．０５％", "ヒカリエムミニ点眼液０．０５％"], "ルメタプロストエチル", "瑠璃川製薬株式会社", "871319"
CME, COR, PAP = "黄斑浮腫（嚢胞様黄斑浮腫を含む）", "角膜障害（角膜びらん、角膜内皮障害等）", "眼瞼・眼窩周囲の変化（上眼瞼溝深化、眼瞼色素沈着等）"
UVE, AST, CHILD, IOL = "虹彩炎・ぶどう膜炎", "気管支喘息の悪化", "小児における安全性", "眼内レンズ挿入眼の患者における安全性"
S0, S1, S2, T = "市販直後調査", "特定使用成績調査（長期使用）", "一般使用成績調査（眼内レンズ挿入眼）", "製造販売後臨床試験（角膜内皮細胞密度）"
M1, M2 = "医療従事者向け資材（適正使用のお願い）の作成・配布", "患者向け資材（点眼手帳）の作成・配布"
M1_PLANTED = "医療従事者向け資材（適正使用ガイド）の作成・配布"
PV = {CME: [S1, S2], COR: [T], PAP: [S1], UVE: [S1, S2], AST: [S1], CHILD: [], IOL: [S2]}
PV2 = {CME: [S1, S2], COR: [S1, T], PAP: [S1], UVE: [S1, S2], AST: [S1], CHILD: [], IOL: [S2]}      # COR in S1 planted
RM = {CME: [M1], COR: [M1], PAP: [M1, M2], UVE: [M1], AST: [M1, M2], CHILD: [], IOL: [M1]}
RPV = "自発報告、国内外の文献・学会情報、外国の規制措置及び感染症定期報告に関する情報等の収集、評価及びこれらに基づく安全対策の検討"
RPV = RPV.replace("及び感染症定期報告に関する情報", "に関する情報")
RRM = "電子添文及び患者向医薬品ガイドによる情報提供"

def build(page):
    p = QPaper("IPAexMincho", 10, (2.0, 1.8, 2.2, 2.2), spacing=1.1)
    w = p.width
    hd = p.doc.sections[0].header.paragraphs[0]; hd.alignment = 2
    p.write(hd, "ヒカリエム点眼液・ヒカリエムミニ点眼液　医薬品リスク管理計画書", 8)
    ft = p.doc.sections[0].footer.paragraphs[0]; ft.alignment = 1; p.field(ft, "PAGE")
    n = lambda x: str(page.get(x, 0))
    for _ in range(8): p.line()
    for x in PRODUCT: p.line(x, 18, align="c")
    p.line("に係る医薬品リスク管理計画書", 18, align="c")
    for _ in range(16): p.line()
    p.line(COMPANY, 13, align="c"); p.page()
    p.line("ヒカリエム点眼液0.05%他に係る医薬品リスク管理計画書（RMP）の概要", 11, align="c")
    p.table([["販売名", PRODUCT, "有効成分", SUBSTANCE], ["製造販売業者", COMPANY, "薬効分類", CLASS], ["提出年月日", W(AS_OF), "<", "<"]], [2.6, 6.2, 2.2, w - 11], 9)
    p.line(size=5)
    p.table([["1.1. 安全性検討事項", "<", "<", "<", "<", "<"], ["【重要な特定されたリスク】", "頁", "【重要な潜在的リスク】", "頁", "【重要な不足情報】", "頁"],
             [CME, n(CME), UVE, n(UVE), CHILD, n(CHILD)], [COR, n(COR), "", "", IOL, n(IOL)], [PAP, n(PAP), "", "", "", ""], [AST, n(AST), "", "", "", ""],       # AST: wrong column
             ["1.2. 有効性に関する検討事項", "<", "<", "<", "<", "<"], ["該当なし", "<", "<", "<", "<", "－"]], [5.4, .9, 4.2, .9, w - 12.3, .9], 9, shaded=(0, 1, 6))
    p.line("↓上記に基づく安全性監視のための活動", 9, align="c")
    p.table([["2. 医薬品安全性監視計画の概要", "頁"], ["通常の医薬品安全性監視活動", n("2")], ["追加の医薬品安全性監視活動", ""]] + [["　" + x, n(x)] for x in (S1, S2, T)] + [["3. 有効性に関する調査・試験の計画の概要", "頁"], ["該当なし", "－"]], [w - 1, 1], 9, shaded=(0, 6))
    p.line("↓上記に基づくリスク最小化のための活動", 9, align="c")
    p.table([["4. リスク最小化計画の概要", "頁"], ["通常のリスク最小化活動", n("4")], ["追加のリスク最小化活動", ""]] + [["　" + x, n(x)] for x in (M1, M2)], [w - 1, 1], 9, shaded=(0,))
    p.page()
    p.line("（別紙様式1）", 9, align="r"); p.line("医薬品リスク管理計画書", 14, align="c"); p.line("会社名：" + COMPANY, align="r", before=4)
    p.table([["品目の概要", "<", "<", "<"], ["承認年月日", W(APPROVED), "薬効分類", CLASS], ["再審査期間", f"8年（{W(APPROVED)}～{W(REEXAM_PLANTED)}）", "承認番号", ["①30500AMX00271000", "②30500AMX00272000"]],
             ["国際誕生日", "2023年9月25日", "<", "<"], ["販売名", ["①" + PRODUCT[0], "②" + PRODUCT[1]], "<", "<"], ["有効成分", SUBSTANCE, "<", "<"],
             ["含量及び剤形", ["①1mL中にルメタプロストエチルを0.5mg含む水性点眼剤（2.5mL）", "②1mL中にルメタプロストエチルを0.5mg含む水性点眼剤（0.4mL、1回使い切り）"], "<", "<"],
             ["用法及び用量", "1回1滴、1日1回、夕刻に点眼する。", "<", "<"], ["効能又は効果", "緑内障、高眼圧症", "<", "<"], ["承認条件", "医薬品リスク管理計画を策定の上、適切に実施すること。", "<", "<"],
             ["備考", [W(APPROVED) + "　承認", W(LAUNCH) + "　①の販売開始", W(D(2024, 6, 17)) + "　②の販売開始"], "<", "<"]], [2.6, 6.4, 2.0, w - 11], 9, shaded=(0,))
    p.line(size=5)
    p.table([["変更の履歴"], [["前回提出日：" + W(BEFORE), "変更内容の概要：", "①特定使用成績調査（長期使用）の目標症例数の変更（500例から600例）", "②医療従事者向け資材（適正使用のお願い）の改訂（写真の追加）", "変更理由：", "①解析から除外される症例が見込みを上回ったため", "②所見を分かりやすく示すため"]]], [w], 9, shaded=(0,))
    p.page()
    p.line("1. 医薬品リスク管理計画の概要", 12); p.line("1.1. 安全性検討事項", 11, before=4)
    LAB = "電子添文の「重要な基本的注意」、「その他の副作用」等の項及び患者向医薬品ガイドに記載する。"
    I, Q_, M = "重要な特定されたリスク", "重要な潜在的リスク", "重要な不足情報"
    num = [0]
    def concern(name, g, reason, why1, why2, head=None):
        num[0] += 1
        a = ["○通常の医薬品安全性監視活動"] + (["○追加の医薬品安全性監視活動"] + [f">{i}）{x}" for i, x in enumerate(PV[name], 1)] if PV[name] else [])
        b = ["○通常のリスク最小化活動", ">" + LAB] + (["○追加のリスク最小化活動"] + [f">{i}）{x}" for i, x in enumerate(RM[name], 1)] if RM[name] else [])
        p.table([[name, "<"], ["", [(head or g + "とした理由：")] + reason], ["", ["医薬品安全性監視活動の内容及びその選択理由：", "【内容】"] + a + ["【選択理由】", why1]],
                 ["", ["リスク最小化活動の内容及びその選択理由：", "【内容】"] + b + ["【選択理由】", why2]]], [.5, w - .5], 10, shaded=(0,)); p.line(size=5)
    p.line("【" + I + "】", 10.5, keep=True)
    assert 1 + 4 + 3 == 8 and POOL == 512 and 7 + 30 + 19 == 56 and 21 + 8 + 2 == 31 and 10 + 5 + 1 == 16
    concern(CME, I, ["原発開放隅角緑内障又は高眼圧症の患者を対象とした国内第II相試験（試験番号：LMT-02）、国内第III相試験（試験番号：LMT-03）及び国内長期投与試験（試験番号：LMT-031）における黄斑浮腫の発現割合を次に示す。",
        {"size": 9, "widths": [4.2, 3.2, 5.4], "rows": [["試験", "評価例数", "黄斑浮腫"], ["LMT-02（0.05%群）", "112例", share(1, A2)], ["LMT-03（本剤群）", "272例", share(4, A3)], ["LMT-031", "128例", share(3, A31)], ["計", "512例", share(8, POOL)]]},
        f"眼の数でみると、LMT-03試験の本剤群で点眼した541眼のうち黄斑浮腫を生じたのは5眼（{percent(5, 541)}%）であった。", "視力の低下に至るおそれがあるため、重要な特定されたリスクとした。"],
        "使用が長くなったときの発現と、眼内レンズ挿入眼での発現を、それぞれの調査で把握する。", "定期的な眼底検査を促し、早期に気付けるようにする。")
    concern(COR, I, [f"角膜びらんは、LMT-03試験の本剤群の{share(34, A3, 0)}、対照薬（チモロール点眼液）群の{share(7, C3)}に認められた。角膜障害全体の重症度別の例数を次に示す（1例につき最も重い重症度で集計）。",
        {"size": 9, "widths": [3.8, 1.8, 2.0, 1.8, 5.0], "rows": [["試験", "軽度", "中等度", "重度", "計"], ["LMT-02（0.05%群）", "6例", "3例", "0例", share(9, A2)], ["LMT-031", "10例", "5例", "1例", share(17, A31)]]},
        "角膜内皮細胞は再生しないため、細胞の減少が続けば視機能に影響する。以上より、重要な特定されたリスクとした。"],
        "通常の診療では角膜内皮細胞密度の測定が定期的に行われないため、試験により経時的に測定する。", "角膜の状態の確認を要する患者を医療従事者に示す。")
    concern(PAP, I, [f"眼瞼・眼窩周囲の変化（以下、「PAP」）は、本剤と同じ作用をもつ点眼剤に共通してみられ、LMT-02試験で{share(7, A2)}、LMT-03試験の本剤群で{share(30, A3)}、LMT-031試験で14.3%（19/128例）に認められた。三試験を合わせると{share(56, POOL)}となる。LMT-03試験の対照薬群では1.4%（138/2例）であった。",
        f"LMT-031試験で片眼のみに点眼した33例では、左右差を訴えた患者が{share(5, 33)}であった。", "中止後も回復しない場合があるため、重要な特定されたリスクとした。"],
        "使用期間に応じた発現割合と、中止後の経過を調べる。", "点眼後に余剰の薬液を拭き取ることなどを、医療従事者を通じて患者に伝える。")
    p.line("【" + Q_ + "】", 10.5, keep=True)
    concern(UVE, Q_, [f"LMT-03試験における虹彩炎は本剤群で{share(3, A3)}、対照薬群で0.7%であった。LMT-02試験では認められなかった。症例は少なく、本剤との関連は確立していないため、重要な潜在的リスクとした。"],
        "長期の使用及び眼内の手術歴と発現との関係を調べる。", "既往のある患者に慎重に投与するよう注意を促す。")
    concern(AST, Q_, [f"吸入により気道の収縮が生じることが動物で示されている。LTM-03試験では、喘息の既往がある患者が本剤群に21例組み入れられ、1秒量（以下、「FEV1」）が投与前から10%以上低下した患者が{share(2, 21)}に認められたが、FEV1の低下は一過性であった。以上より、重要な潜在的リスクとした。"],
        "喘息の既往の有無別に、呼吸器症状の発現を調べる。", "息苦しさを感じたときの受診について、医療従事者及び患者に伝える。")
    p.line("【" + M + "】", 10.5, keep=True)
    concern(CHILD, M, ["18歳未満の患者を対象とした臨床試験は行っていないことから、重要な不足情報とした。"], "小児の緑内障はまれであり、調査を設けても症例の集積が見込めないため、通常の活動により情報を集める。", "使用経験がないことを電子添文で示す。", head="重要な不足情報とした根拠：")
    concern(IOL, M, [f"LMT-03試験の本剤群のうち眼内レンズ挿入眼の患者は{share(23, A3)}であり、安全性の情報は限られていることから、重要な不足情報とした。"], "手術後の期間及び後嚢の状態と、黄斑浮腫等の発現との関係を調査により確認する。", "使用経験が限られることを医療従事者に示す。")
    p.line("1.2. 有効性に関する検討事項", 11, before=4, keep=True)
    p.table([["該当なし"]], [w], 10)
    p.line("2. 医薬品安全性監視計画の概要", 12, before=12, keep=True)
    p.table([["通常の医薬品安全性監視活動"], [["通常の医薬品安全性監視活動の概要：", RPV]]], [w], 10, shaded=(0,)); p.line(size=5)
    p.table([["追加の医薬品安全性監視活動"]], [w], 10, shaded=(0,))
    NEXT = ["【当該医薬品安全性監視活動の結果に基づいて実施される可能性のある追加の措置及びその開始の決定基準】", "新たな懸念が認められた場合又は発現割合が臨床試験を上回った場合に、電子添文及び資材の改訂並びに計画の見直しを検討する。"]
    MS = "【節目となる予定の時期及びその根拠】"
    def activity(name, lines, nxt=NEXT):
        p.table([[name, "<"], ["", lines + nxt]], [.5, w - .5], 10, shaded=(0,)); p.line(size=5)
    who = lambda s: ["「" + ("PAP" if x == PAP else x) + "」" for x in PV2 if s in PV2[x]]
    hw = lambda pr, k: f"{1.96 * math.sqrt(pr * (1 - pr) / k) * 100:.1f}"
    assert hw(.1, 500) == "2.6" and hw(.04, 150) == "3.1"
    up = f"{clopper(0, 60)[1] * 100:.1f}"; assert up == "6.0"
    assert detect(.006, .95) == 498 and round(500 * 8 / 512) == 8 and round(500 * .016) == 8
    activity(S1, ["【安全性検討事項】"] + who(S1) + ["【目的】", "長期に使用したときの安全性を使用実態下で調べる。", "【実施計画】", f"調査期間：{W(S1P[0])}～{W(S1P[1])}", f"登録期間：{W(S1P[0])}～{W(S1R)}", "目標症例数：500例", "実施方式：中央登録方式", "観察期間：2年間",
        "【実施計画の根拠】", "（目標症例数）発現割合0.6%の副作用を95%の確率で1例以上検出できる498例を上回る500例とした。PAPの発現割合を10%とした場合、500例における両側95%信頼区間（正規近似）は10%±2.6%となる。臨床試験の発現割合からは、PAP（10.9%）は55例程度、黄斑浮腫（1.6%）は18例程度が集まると見込まれる。", "（観察期間）LMT-031試験の52週間を超える使用での情報を得るため。",
        MS, "安全性定期報告時：集まった情報を検討するため。", "調査終了時：調査期間終了後６か月以内に報告書を作成する。調査票の回収及び解析に要する期間を見込んだ。"])
    activity(S2, ["【安全性検討事項】"] + who(S2) + ["【目的】", "眼内レンズ挿入眼の患者における安全性を調べる。", "【実施計画】", f"調査期間：{W(S2P[0])}～{W(S2P[1])}", f"登録期間：{W(S2P[0])}～{W(S2R)}", "目標症例数：150例", "実施方式：中央登録方式", "観察期間：1年間",
        "【実施計画の根拠】", "（目標症例数）発現割合2%の副作用を95%の確率で1例以上検出できる149例を上回る150例とした。黄斑浮腫の発現割合を4%とした場合、150例における両側95%信頼区間（正規近似）は4%±2.1%となる。", "（観察期間）眼内レンズ挿入眼での黄斑浮腫は投与開始から1年以内に生じることが多いため。",
        MS, "安全性定期報告時：集まった情報を検討するため。", "調査終了時：調査期間終了後６か月以内に報告書を作成する。調査票の回収及び解析に要する期間を見込んだ。"])
    assert detect(.02, .95) == 149
    activity(T, ["【安全性検討事項】"] + who(T) + ["【目的】", "角膜内皮細胞密度に及ぼす影響を調べる。", "【実施計画】", f"試験期間：{W(TP[0])}～{W(TP[1])}", f"登録期間：{W(TP[0])}～{W(TR)}", "目標症例数：60例", "観察期間：52週間",
        "【実施計画の根拠】", f"（目標症例数）角膜内皮細胞密度が20%以上減少した患者が60例中0例であった場合、その割合の95%信頼区間（Clopper-Pearson法）の上限は{up}%となり、臨床上問題となる減少の有無を判断できる。", "（観察期間）類薬での減少が投与開始から1年以内に報告されているため。"])
    p.line("3. 有効性に関する調査・試験の計画の概要", 12, before=10, keep=True)
    p.table([["該当なし"]], [w], 10)
    p.line("4. リスク最小化計画の概要", 12, before=12, keep=True)
    p.table([["通常のリスク最小化活動"], [["通常のリスク最小化活動の概要：", RRM]]], [w], 10, shaded=(0,)); p.line(size=5)
    p.table([["追加のリスク最小化活動"]], [w], 10, shaded=(0,))
    rmw = lambda s: ["「" + x + "」" for x in RM if s in RM[x]]
    FUR = "【節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置】"
    activity(M1, ["【安全性検討事項】"] + rmw(M1) + ["【目的】", "副作用を早く見付けるための検査と対処を医師及び薬剤師に伝える。", "【具体的な方法】", "納入時に配布し、説明する。", FUR, "安全性定期報告時に、副作用の発現状況を確認し、資材の改訂の要否を検討する。"], [])
    activity(M2, ["【安全性検討事項】"] + rmw(M2) + ["【目的】", "正しい点眼の方法と、受診を要する症状を患者に伝える。", "【具体的な方法】", "初回の処方時に、医療機関又は薬局から患者に渡す。", FUR, "適宜、内容の見直しを行う。"], [])
    p.line("5. 医薬品安全性監視計画、有効性に関する調査・試験の計画及びリスク最小化計画の一覧", 12, before=10, keep=True)
    p.line("5.1. 医薬品安全性監視計画の一覧", 11, before=4, keep=True)
    c = [4.4, 2.4, 3.8, 1.6, w - 12.2]
    HEAD = ["節目となる症例数／目標症例数", "節目となる予定の時期", "実施状況", "報告書の作成予定日"]
    p.table([["通常の医薬品安全性監視活動", "<", "<", "<", "<"], [RPV, "<", "<", "<", "<"], ["追加の医薬品安全性監視活動", "<", "<", "<", "<"], ["追加の医薬品安全性監視活動の名称"] + HEAD,
             [S0, "該当せず", "販売開始から6か月後", "終了", ["作成済み", "（令和6年7月提出）"]], [S1, "500例", ["安全性定期報告時", "調査終了時"], "実施中", "調査終了6か月後"],
             [S2, "150例", ["安全性定期報告時", "調査終了時"], "実施中", W(months_after(S2P[1], 6))], [T, "60例", "試験終了時", "実施中", "試験終了1年後"]], c, 9, shaded=(0, 2, 3))
    p.line("5.2. 有効性に関する調査・試験の計画の一覧", 11, before=8, keep=True)
    p.table([["有効性に関する調査・試験の名称"] + HEAD, ["該当なし", "－", "－", "－", "－"]], c, 9, shaded=(0,))
    p.line("5.3. リスク最小化計画の一覧", 11, before=8, keep=True)
    p.table([["通常のリスク最小化活動", "<", "<"], [RRM, "<", "<"], ["追加のリスク最小化活動", "<", "<"], ["追加のリスク最小化活動の名称", "節目となる予定の時期", "実施状況"],
             [S0, [f"実施期間：{W(EPPV[0])}から6か月間", "評価の予定時期：販売開始から8か月以内", "報告の予定時期：販売開始から8か月以内"], "実施中"], [M1_PLANTED, "安全性定期報告時", "実施中"], [M2, "適宜", "実施中"]], [6.4, w - 8.4, 2.0], 9, shaded=(0, 2, 3))
    return p

def find(pages):
    out = {}
    for x in (CME, COR, PAP, UVE, AST, CHILD, IOL):
        g = [y for y in (nb(wide(x)) + wide(k) for k in ("重要な特定されたリスクとした理由", "重要な潜在的リスクとした理由", "重要な不足情報とした"))]
        out[x] = next((i for i, t in enumerate(pages, 1) if i > 3 and any(y in t for y in g)), None) or next(i for i, t in enumerate(pages, 1) if i > 3 and nb(wide(x)) in t)
    for x in (S1, S2, T, M1, M2):
        out[x] = next((i for i, t in enumerate(pages, 1) if i > 3 and nb(wide(x)) + "【安全性検討事項】" in t), None) or max(i for i, t in enumerate(pages, 1) if nb(wide(x)) in t)
    out["2"] = next(i for i, t in enumerate(pages, 1) if "通常の医薬品安全性監視活動の概要" in t); out["4"] = next(i for i, t in enumerate(pages, 1) if "通常のリスク最小化活動の概要" in t)
    return out
page = {}
for _ in range(4):
    pages = convert(build(page), "Q", OUT)
    new = find(pages)
    if new == page: break
    page = new
else: raise SystemExit("pages do not settle")
print("pages", len(pages) - 1, page)
z = lambda x: wide(x)
who2 = lambda s: [z("PAP" if x == PAP else x) for x in PV2 if s in PV2[x]]
structure = {"product": [z(x) for x in PRODUCT], "ingredient": SUBSTANCE, "company": COMPANY, "class": z(CLASS), "approval_date": iso(APPROVED), "ibd": "2023-09-25", "approval_numbers": [z("30500AMX00271000"), z("30500AMX00272000")],
  "submission_date": z(W(AS_OF)), "submission_date_iso": iso(AS_OF), "previous_submission": z(W(BEFORE)), "reexamination": [z(f"8年（{W(APPROVED)}～{W(REEXAM_PLANTED)}）")], "indications": ["緑内障、高眼圧症"],
  "concerns": {"identified": [CME, COR, PAP], "potential": [UVE, AST], "missing": [CHILD, IOL]}, "concern_counts": [3, 2, 2], "concerns_in_summary": {"identified": 4, "potential": 1, "missing": 2}, "efficacy_concerns": [],
  "surveys": [{"name": S0, "type": "市販直後調査", "period": [iso(x) for x in EPPV], "status": {"5.1": "終了", "5.3": "実施中"}},
    {"name": S1, "type": "特定使用成績調査", "period": [iso(x) for x in S1P], "registration": [iso(S1P[0]), iso(S1R)], "target": {"2": 500, "5.1": 500}, "status": "実施中", "concerns": who2(S1)},
    {"name": S2, "type": "一般使用成績調査", "period": [iso(x) for x in S2P], "registration": [iso(S2P[0]), iso(S2R)], "target": {"2": 150, "5.1": 150}, "status": "実施中", "concerns": who2(S2)},
    {"name": T, "type": "製造販売後臨床試験", "period": [iso(x) for x in TP], "registration": [iso(TP[0]), iso(TR)], "target": {"2": 60, "5.1": 60}, "status": "実施中", "concerns": who2(T)}],
  "materials": [M1, M2], "summary_activities": {"2": [S1, S2, T], "3": [], "4": [M1, M2]}, "summary_pages": page, "rows_5_1": [S0, S1, S2, T], "rows_5_2": [], "rows_5_3": [S0, M1_PLANTED, M2],
  "studies": {"LMT-02": [A2], "LMT-03": [A3, C3], "LMT-031": [A31]}}
defects = [
 ("concern-group", ["summary-missing-concern"], "概要: 気管支喘息の悪化 stands under 特定されたリスク; in 1.1 it is a potential one", [AST], "under 【重要な潜在的リスク】"),
 ("period-mismatch", ["date-order"], "品目の概要 再審査期間", ["～令和14年"], f"8 years end on {iso(REEXAM)}, not {iso(REEXAM_PLANTED)}"),
 ("target-mismatch", ["change-not-made"], "変更の履歴 vs 2 and 5.1", ["目標症例数の変更（500例から600例）", "目標症例数：500例"], "600例 in 2 and 5.1, or the change left out"),
 ("sum", [], "1.1 角膜障害 table, LMT-031", [share(17, A31)], "10+5+1 = 16"),
 ("percentage", [], "1.1 眼瞼・眼窩周囲の変化", ["14.3%（19/128例）"], "14.8%"),
 ("num-gt-den", [], "1.1 眼瞼・眼窩周囲の変化", ["1.4%（138/2例）"], "2/138例"),
 ("evidence-without-denominator", [], "1.1 虹彩炎・ぶどう膜炎", ["対照薬群で0.7%であった"], "0.7%（1/138例）"),
 ("study-id", [], "1.1 気管支喘息の悪化", ["LTM-03"], "LMT-03"),
 ("matrix", [], "2 特定使用成績調査 lists 角膜障害; 1.1 does not declare that survey", ["「角膜障害（角膜びらん、角膜内皮障害等）」「PAP」", "通常の診療では角膜内皮細胞密度の測定が定期的に"], "declared in 1.1 or not listed in 2"),
 ("fixed-term", [], "1.1 小児における安全性", ["重要な不足情報とした根拠："], "重要な不足情報とした理由："),
 ("expected-count", [], "2 特定使用成績調査", ["黄斑浮腫（1.6%）は18例程度"], "8例程度 (500 x 1.6%)"),
 ("sample-size", ["precision"], "2 一般使用成績調査", ["95%信頼区間（正規近似）は4%±2.1%"], "±3.1%"),
 ("part-missing", ["reason-missing"], "2 製造販売後臨床試験 has no 【節目となる予定の時期及びその根拠】", ["投与開始から1年以内に報告されているため。【当該医薬品安全性監視活動", "製造販売後臨床試験（角膜内皮細胞密度）【安全性検討事項】"], "the heading with 試験終了時 and its reason, as 5.1 has it"),
 ("milestone-none", [], "4 and 5.3 点眼手帳", ["適宜、内容の見直しを行う", "適宜"], "a time, such as 安全性定期報告時"),
 ("activity-name", [], "5.3 vs 4, 1.1, 概要", ["医療従事者向け資材（適正使用ガイド"], M1),
 ("status-mismatch", [], "5.3 vs 5.1 市販直後調査", [f"実施期間：{W(EPPV[0])}から6か月間", "（令和6年7月提出）"], "終了 in 5.3")]
traps = [
 ("half-up 6.25→6.3", [share(7, A2)]), ("half-up 12.5→13 as an integer", [share(34, A3, 0)]), ("pooled 112+272+128=512", [share(8, POOL), share(56, POOL)]),
 ("eyes, not patients, as denominator", [f"541眼のうち黄斑浮腫を生じたのは5眼（{percent(5, 541)}%）"]),
 ("two studies, one number the prefix of the other (LMT-03: 272 and 138, LMT-031: 128)", [share(3, A31)]),
 ("subsets explained in the sentence", [f"片眼のみに点眼した33例", share(2, 21)]), ("breakdown that adds up 6+3+0=9", [share(9, A2)]),
 ("short name of a concern defined in its text", ["「PAP」「虹彩炎"]), ("abbreviation defined and used", ["FEV1の低下は一過性"]),
 ("era and western year of the same day (a product born in Japan)", ["2023年9月25日"]),
 ("normal approximation interval that reproduces", ["両側95%信頼区間（正規近似）は10%±2.6%"]), ("exact upper limit that reproduces", ["（Clopper-Pearson法）の上限は6.0%"]),
 ("sample sizes that reproduce", ["95%の確率で1例以上検出できる498例", "95%の確率で1例以上検出できる149例"]), ("expected count that reproduces", ["PAP（10.9%）は55例程度"]),
 ("registration + 2 years ends the day before", [f"登録期間：{W(S1P[0])}～{W(S1R)}"]), ("6 months after 03-31 end on 09-30, a date in 5.1 against a period in 2", [W(months_after(S2P[1], 6))]),
 ("second strength starts later; history in order", [W(D(2024, 6, 17)) + "　②の販売開始"]), ("該当なし and －", ["1.2. 有効性に関する検討事項 該当なし", "3. 有効性に関する調査・試験の計画の概要 該当なし"])]
defects = [(a, b, c_, [z(q) for q in qs], e) for a, b, c_, qs, e in defects]
traps = [(k, [z(q) for q in qs]) for k, qs in traps]
truth("Q", OUT, iso(AS_OF), structure, defects, traps)
