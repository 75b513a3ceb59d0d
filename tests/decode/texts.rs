//! Small texts of our own, for pages and short inputs.

pub const HANS: &[&str] = &[
    "昨天下午，市图书馆举办了一场关于城市水系的讲座，来了两百多位听众。",
    "记者从有关部门了解到，新修的公路全长三十六公里，预计明年六月通车。",
    "这家小店开了二十年，老板娘每天五点起床磨豆浆。",
    "“你看，桥那边就是我们学校！”小李指着远处说。",
    "据统计，去年全省粮食总产量达到1680万吨，比上年增长2.3%。",
    "医生提醒：高血压患者应按时服药，不要自行停药。",
    "比赛在晚上七点半开始，主队以三比一获胜。",
    "软件更新之后，手机的电池可以多用一个小时左右。",
    "公司表示，将继续加大研发投入，争取在三年内实现量产。",
    "山上的杜鹃花开了，吸引了许多摄影爱好者前来。",
    "如果您对本站内容有任何疑问，请与我们联系（电话：010-12345678）。",
    "专家认为，保护古建筑不仅是政府的责任，也需要公众参与。",
    "他把信折好，放进抽屉，又拿出来看了一遍。",
    "第一章 总则 第二条 本办法适用于在本市行政区域内从事经营活动的单位和个人。",
    "夏天的傍晚，孩子们在院子里捉迷藏，奶奶坐在树下摇着扇子。",
    "经过两个多月的谈判，双方终于就价格问题达成一致意见。",
    "实验结果表明，温度升高会使反应速度明显加快。",
    "列车晚点四十分钟，旅客们在站台上耐心等待。",
    "这本书讲的是一个渔民家庭三代人的故事，语言朴素，感情真挚。",
    "欢迎访问我们的网站，注册会员可享受九折优惠。",
];

pub const HANT: &[&str] = &[
    "昨天下午，市立圖書館舉辦了一場關於城市水系的講座，來了兩百多位聽眾。",
    "記者從有關單位了解到，新修的公路全長三十六公里，預計明年六月通車。",
    "這家小店開了二十年，老闆娘每天五點起床磨豆漿。",
    "「你看，橋那邊就是我們學校！」小李指著遠處說。",
    "據統計，去年全省糧食總產量達到1680萬噸，比上年增長2.3%。",
    "醫生提醒：高血壓患者應按時服藥，不要自行停藥。",
    "比賽在晚上七點半開始，主隊以三比一獲勝。",
    "軟體更新之後，手機的電池可以多用一個小時左右。",
    "公司表示，將繼續加大研發投入，爭取在三年內實現量產。",
    "山上的杜鵑花開了，吸引了許多攝影愛好者前來。",
    "如果您對本站內容有任何疑問，請與我們聯絡（電話：02-12345678）。",
    "專家認為，保護古建築不僅是政府的責任，也需要公眾參與。",
    "他把信摺好，放進抽屜，又拿出來看了一遍。",
    "第一章 總則 第二條 本辦法適用於在本市從事營業活動的單位和個人。",
    "夏天的傍晚，孩子們在院子裡捉迷藏，奶奶坐在樹下搖著扇子。",
    "經過兩個多月的談判，雙方終於就價格問題達成一致意見。",
    "實驗結果顯示，溫度升高會使反應速度明顯加快。",
    "列車誤點四十分鐘，旅客們在月台上耐心等待。",
    "這本書講的是一個漁民家庭三代人的故事，語言樸素，感情真摯。",
    "歡迎造訪我們的網站，註冊會員可享九折優惠。",
];

pub const JAPANESE: &[&str] = &[
    "昨日の午後、図書館で町の川についての講演会が開かれました。",
    "この店は二十年前から続いていて、毎朝五時に豆乳を作っています。",
    "電車は四十分ほど遅れていますが、お客様は静かに待っています。",
    "お問い合わせは、下のフォームからお願いいたします。",
    "実験の結果、温度が上がると反応がはやくなることがわかった。",
];

pub const KOREAN: &[&str] = &[
    "어제 오후 시립도서관에서 도시의 물길에 관한 강연이 열렸습니다.",
    "이 가게는 이십 년 동안 매일 아침 다섯 시에 문을 열었다.",
    "기차가 사십 분 늦었지만 손님들은 조용히 기다렸습니다.",
    "궁금한 점이 있으면 아래 전화번호로 연락해 주십시오.",
];

/// Encoding label and plain sentences in a language it is used for.
pub const ALPHABETS: &[(&str, &[&str])] = &[
    (
        "windows-1250",
        &[
            "Wczoraj po południu w bibliotece odbył się wykład o rzekach naszego miasta. Przyszło ponad dwieście osób, a potem długo rozmawiano.",
            "Včera odpoledne se v městské knihovně konala přednáška o řekách. Přišlo přes dvě stě posluchačů a ještě dlouho si povídali.",
            "Tegnap délután előadást tartottak a városi könyvtárban a folyókról. Több mint kétszázan jöttek el, és sokáig beszélgettek utána.",
        ],
    ),
    (
        "windows-1251",
        &[
            "Вчера днём в городской библиотеке прошла лекция о реках нашего города. Пришло больше двухсот человек, и после неё долго разговаривали.",
            "Вчора вдень у міській бібліотеці відбулася лекція про річки нашого міста. Прийшло понад двісті людей, і потім довго розмовляли.",
        ],
    ),
    (
        "koi8-r",
        &[
            "Вчера днём в городской библиотеке прошла лекция о реках нашего города. Пришло больше двухсот человек, и после неё долго разговаривали.",
        ],
    ),
    (
        "koi8-u",
        &[
            "Вчора вдень у міській бібліотеці відбулася лекція про річки нашого міста. Прийшло понад двісті людей, і потім довго розмовляли.",
        ],
    ),
    (
        "iso-8859-5",
        &[
            "Вчера днём в городской библиотеке прошла лекция о реках нашего города. Пришло больше двухсот человек, и после неё долго разговаривали.",
        ],
    ),
    (
        "windows-1252",
        &[
            "Hier après-midi, la bibliothèque a organisé une conférence sur les rivières de la ville. Plus de deux cents personnes étaient présentes.",
            "Gestern Nachmittag fand in der Stadtbücherei ein Vortrag über die Flüsse der Stadt statt. Über zweihundert Zuhörer blieben noch länger.",
            "Ayer por la tarde la biblioteca organizó una charla sobre los ríos de la ciudad. Asistieron más de doscientas personas; después charlaron aún mucho.",
        ],
    ),
    (
        "windows-1253",
        &[
            "Χθες το απόγευμα έγινε στη βιβλιοθήκη μια ομιλία για τα ποτάμια της πόλης. Ήρθαν πάνω από διακόσιοι άνθρωποι και μίλησαν πολλή ώρα.",
        ],
    ),
    (
        "iso-8859-7",
        &[
            "Χθες το απόγευμα έγινε στη βιβλιοθήκη μια ομιλία για τα ποτάμια της πόλης. Ήρθαν πάνω από διακόσιοι άνθρωποι και μίλησαν πολλή ώρα.",
        ],
    ),
    (
        "windows-1254",
        &[
            "Dün öğleden sonra şehir kütüphanesinde ırmaklar üzerine bir konuşma yapıldı. İki yüzden fazla kişi geldi ve uzun süre sohbet ettiler.",
        ],
    ),
    (
        "windows-1255",
        &[
            "אתמול אחר הצהריים נערכה בספרייה העירונית הרצאה על הנהרות של העיר. הגיעו יותר ממאתיים איש והם שוחחו עוד זמן רב.",
        ],
    ),
    (
        "windows-1256",
        &["عقدت أمس بعد الظهر في مكتبة المدينة محاضرة عن أنهار المدينة. حضر أكثر من مئتي شخص وتحدثوا طويلا بعد ذلك."],
    ),
    (
        "iso-8859-6",
        &["عقدت أمس بعد الظهر في مكتبة المدينة محاضرة عن أنهار المدينة. حضر أكثر من مئتي شخص وتحدثوا طويلا بعد ذلك."],
    ),
    (
        "windows-1257",
        &[
            "Vakar po pietų miesto bibliotekoje įvyko paskaita apie upes. Atėjo daugiau kaip du šimtai žmonių, ir jie dar ilgai šnekučiavosi.",
            "Vakar pēcpusdienā pilsētas bibliotēkā notika lekcija par upēm. Ieradās vairāk nekā divsimt cilvēku, un viņi vēl ilgi sarunājās.",
        ],
    ),
    (
        "windows-1258",
        &[
            "Chiê\u{300}u qua, thư viê\u{323}n tha\u{300}nh phô\u{301} đa\u{303} tô\u{309} chư\u{301}c mô\u{323}t buô\u{309}i no\u{301}i chuyê\u{323}n vê\u{300} ca\u{301}c do\u{300}ng sông. Hơn hai trăm ngươ\u{300}i đa\u{303} đê\u{301}n nghe.",
        ],
    ),
    ("windows-874", &["เมื่อวานนี้ตอนบ่าย ห้องสมุดเมืองจัดบรรยายเรื่องแม่น้ำของเรา มีผู้ฟังมากกว่าสองร้อยคนและคุยกันต่ออีกนาน"]),
    (
        "iso-8859-2",
        &[
            "Wczoraj po południu w bibliotece odbył się wykład o rzekach naszego miasta. Przyszło ponad dwieście osób, a potem długo rozmawiano.",
            "Včera odpoledne se v městské knihovně konala přednáška o řekách. Přišlo přes dvě stě posluchačů a ještě dlouho si povídali.",
        ],
    ),
];
