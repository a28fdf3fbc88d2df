//! The characters in daily use that tell a right reading from a wrong one: those of ordinary text, of the heads of sales
//! tables, of family names and of places.

use super::super::Encoding;
use super::plane::{self, Plane};

/// An encoding and what is common in the languages that use it.
pub(super) struct Repertoire {
    pub(super) encoding: Encoding,
    /// What its characters are called on the screen.
    pub(super) script: &'static str,
    pub(super) plane: Plane,
    frequent: &'static [&'static str],
    words: &'static [&'static str],
}

impl Repertoire {
    /// How many of a text's characters are in daily use.
    pub(super) fn frequent_in(&self, text: &str) -> usize {
        const PLANE: usize = 0x1_0000;
        let mut daily = vec![false; PLANE];
        for character in self.frequent.iter().flat_map(|characters| characters.chars()) {
            if let Some(known) = daily.get_mut(character as usize) {
                *known = true;
            }
        }
        text.chars().filter(|character| daily.get(*character as usize).is_some_and(|known| *known)).count()
    }

    /// How many times words of sales tables occur in its beginning.
    pub(super) fn words_in(&self, text: &str) -> usize {
        /// Characters of a head of any likely length.
        const HEAD: usize = 2_000;
        let head = text.char_indices().nth(HEAD).map_or(text, |(end, _)| &text[..end]);
        self.words.iter().map(|word| head.matches(word).count()).sum()
    }
}

/// All of them, the ones to prefer first.
pub(super) fn repertoires() -> [Repertoire; 5] {
    const CHINESE: &str = "Chinese";
    const JAPANESE: &str = "Japanese";
    [
        Repertoire {
            encoding: Encoding::GB18030,
            script: CHINESE,
            plane: plane::gb18030,
            frequent: &[SIMPLIFIED, TRADITIONAL, CHINESE_SIGNS],
            words: SIMPLIFIED_WORDS,
        },
        Repertoire {
            encoding: Encoding::BIG5,
            script: CHINESE,
            plane: plane::big5,
            frequent: &[TRADITIONAL, CHINESE_SIGNS],
            words: TRADITIONAL_WORDS,
        },
        Repertoire {
            encoding: Encoding::SHIFT_JIS,
            script: JAPANESE,
            plane: plane::shift_jis,
            frequent: &[KANA, KANJI],
            words: JAPANESE_WORDS,
        },
        Repertoire {
            encoding: Encoding::EUC_JP,
            script: JAPANESE,
            plane: plane::euc_jp,
            frequent: &[KANA, KANJI],
            words: JAPANESE_WORDS,
        },
        Repertoire {
            encoding: Encoding::EUC_KR,
            script: "Korean",
            plane: plane::euc_kr,
            frequent: &[HANGUL],
            words: KOREAN_WORDS,
        },
    ]
}

const CHINESE_SIGNS: &str = "，。、：；（）￥";

const SIMPLIFIED: &str = "\
    的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经\
    十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相\
    全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果\
    料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则\
    任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带\
    安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装\
    客户编号订会员姓称额款态付退店铺渠购买消费商型备注址省市城址职等优惠折扣税币易成功闭宝微银卡淘拼抖址女龄男址昵账销售\
    李王刘陈杨赵黄周吴徐孙胡朱郭何罗梁宋郑谢韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔康\
    邱秦江史顾侯邵孟龙雷钱汤尹黎武乔贺赖龚伟芳娜敏静丽磊洋勇艳杰娟涛超秀霞刚桂英玉萍红丹婷雪梅晓燕玲宇浩晨欣怡佳琪\
    京沪津渝穗深圳州杭宁波都汉青岛沈阳滨福厦昆贵湘苏锡莞佛连肥郑龙浙川湖河陕";

const TRADITIONAL: &str = "\
    的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經\
    十三之進著等部度家電力裡裏如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形\
    相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五\
    果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被做必戰先回則\
    任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶\
    安場身車例真務具萬每目至達走積示議聲報完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝\
    客戶編號訂姓稱額款態付退店鋪渠購買消費商型備註址縣市城鄉鎮職優惠折扣稅幣易功閉銀卡匯帳銷售貨顧女齡男暱序碼票免郵\
    李王劉陳楊趙黃周吳徐孫胡朱郭何羅梁宋鄭謝韓唐馮董蕭曹袁鄧傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田姜范姚譚廖鄒熊陸郝孔崔康\
    邱秦江史顧侯邵孟龍雷錢湯尹黎武喬賀賴龔莊簡游詹施柯翁洪許偉芳娜敏靜麗磊勇傑娟濤超秀霞桂英玉萍紅婷雪梅曉燕玲宇浩晨欣怡佳琪雅惠淑美\
    臺台北桃園竹苗栗彰投雲嘉屏宜蘭蓮澎湖基隆雄港九龍灣澳";

const SIMPLIFIED_WORDS: &[&str] = &[
    "客户", "会员", "用户", "买家", "订单", "单号", "编号", "姓名", "名称", "金额", "日期", "时间", "付款", "支付",
    "实付", "商品", "产品", "品类", "数量", "单价", "状态", "店铺", "渠道", "门店", "地区", "城市", "省份", "性别",
    "年龄", "等级", "电话", "手机", "备注", "退款", "类型", "销售", "购买", "消费",
];

const TRADITIONAL_WORDS: &[&str] = &[
    "客戶", "會員", "顧客", "買家", "訂單", "單號", "編號", "姓名", "名稱", "金額", "日期", "時間", "付款", "支付",
    "實付", "商品", "產品", "品類", "數量", "單價", "狀態", "店鋪", "通路", "門市", "地區", "縣市", "城市", "性別",
    "年齡", "等級", "電話", "手機", "備註", "退款", "類型", "銷售", "購買", "消費", "發票",
];

const KANA: &str = "\
    あいうえおかがきぎくぐけげこごさざしじすずせぜそぞただちっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろ\
    わをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユ\
    ョヨラリルレロワヲンヴー";

const KANJI: &str = "\
    日本人年月大会社東京都市区町村県顧客注文番号金額売上商品名前住所電話性別男女数量単価合計税込店舗支払購入状態一二三四五六七八九十百千万円分時間\
    田中山川佐藤鈴木高橋伊渡辺小林加吉井上松清水斎森池阿部石原野村木島新古福岡大阪神奈広名古屋北海道千葉埼玉個法員種類区分備考取引先担当者完了返送料在庫確認配済未発予約通常割限定規既存";

const JAPANESE_WORDS: &[&str] = &[
    "顧客",
    "会員",
    "注文",
    "番号",
    "金額",
    "日付",
    "売上",
    "商品",
    "氏名",
    "名前",
    "数量",
    "単価",
    "合計",
    "店舗",
    "住所",
    "電話",
    "性別",
    "年齢",
    "購入",
    "支払",
    "コード",
    "カテゴリ",
];

const HANGUL: &str = "\
    이가는을를의에고다사지기하한도로시인자서대해리어나정주일수스아부전원울산구동제객문번호금액날짜매출상품름화김박최강조윤장임년월성명량단점여남\
    신우현준민영은경희진미선유오안송홍한양배백허유남심노하곽성차주우구라계커피노트북반취소료카드온배결행포품불";

const KOREAN_WORDS: &[&str] = &[
    "고객", "회원", "주문", "번호", "금액", "날짜", "일자", "매출", "상품", "이름", "성명", "수량", "단가", "합계",
    "매장", "주소", "전화", "성별", "나이", "결제", "지역",
];
