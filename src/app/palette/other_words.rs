//! Other words that people look for commands by, in every language that they may type in.

use super::super::action::{Action, Asked};
use super::super::menu::Menu;

/// The other words for what an action does; none where its own say it.
pub(super) fn other_words(action: Action) -> &'static str {
    match action {
        Action::Concentration => {
            "pareto lorenz gini 80/20 abc share of revenue 帕累托 洛伦兹 基尼 二八 头部 帕雷托 勞倫茲 吉尼 頭部"
        }
        Action::Movers => {
            "leavers joiners left joined lost gained churn migration upgrade downgrade 离开 流失 加入 迁移 升级 降级 \
             離開 遷移 升級 降級"
        }
        Action::Differences => "delta compare 差异 对比 差異 比較",
        Action::Breakdown => "group by pivot crosstab matrix attribute 分组 透视 交叉 分組 樞紐",
        Action::Sensitivity => "what if curve tornado 假设 假設",
        Action::Ask(Asked::Solve) => "goal seek target 目标 目標",
        Action::Ask(Asked::Filter) => "where search only condition 查询 搜索 查詢 搜尋",
        Action::Ask(Asked::DataFilter) => "where rows dates period 时段 日期 時段",
        Action::Ask(Asked::Find) => "search look up customer 搜索 查找 搜尋 尋找",
        Action::Ask(Asked::Jump) => "go to percentile 跳转 跳至",
        Action::Menu(Menu::Export) => "save write list csv xlsx excel parquet download 保存 写出 下载 儲存 下載",
        Action::Menu(Menu::Scenario) => "save open session file 保存 打开 儲存 開啟",
        Action::SavePicture => {
            "screenshot image svg print report document markdown html 截图 保存图片 报告 截圖 儲存圖片 報告"
        }
        Action::UsualView => "show hidden panels reset layout 显示面板 重置 顯示面板 重設",
        Action::Themes => "colours colors dark light mode background 颜色 配色 深色 浅色 顏色 淺色",
        Action::Policies => "returns refunds duplicates cancelled 退货 退款 重复 退貨 重複",
        Action::Data => "quality rejected rows missing unidentified 质量 剔除 品質",
        Action::Mapping => "fields headers roles 字段 表头 欄位 表頭",
        Action::Privacy => "mask hide anonymise gdpr pipl 脱敏 隐藏 遮蔽 隱藏",
        Action::Budget => "cost costs spend price 费用 成本 費用",
        Action::Rules => "gold silver tier loyalty 会员 忠诚 會員 忠誠",
        Action::Ask(Asked::ClvTerms) => "lifetime value margin 终身价值 終身價值",
        Action::Leave | Action::Quit => "exit close 退出 关闭 結束 關閉",
        Action::Undo => "back revert 撤回 復原",
        Action::Reload => "refresh read again 刷新 重新整理",
        Action::Log => "messages errors 消息 訊息",
        Action::Zoom => "maximize full screen 全屏 最大化 全螢幕",
        _ => "",
    }
}
