namespace Lastro.Cli.Html;

/// <summary>The look of a report page: the product's tokens, dark or light as the reader's system has it.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg0:#F3F0E8;--bg1:#FBF9F4;--bg2:#E9E4D8;--line:#D8D0BF;--t1:#14191C;--t2:#465055;--t3:#5E686B;--up:#0F6F60;--down:#B5300F;--warn:#7F5600;--mode:#7A5600}
        @media(prefers-color-scheme:dark){:root{--bg0:#0D1114;--bg1:#13191D;--bg2:#1B2328;--line:#2A353C;--t1:#ECE7DA;--t2:#AEB5B3;--t3:#8B9698;--up:#4DD0B7;--down:#F2653A;--warn:#E7B84B;--mode:#D9AE5F}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg0);color:var(--t1);font:13px/20px "Onest Variable",Onest,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums lining-nums}
        .stripe{height:3px;background:repeating-linear-gradient(90deg,var(--mode) 0 12px,transparent 12px 18px)}
        main{max-width:1120px;margin:0 auto;padding:24px 16px 48px}
        header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;margin-bottom:16px}
        h1{font-size:24px;line-height:32px;font-weight:600;margin:0;overflow-wrap:anywhere}
        h2{font-size:15px;line-height:22px;font-weight:600;margin:32px 0 8px}
        .sub{color:var(--t2)}.mode{color:var(--mode);font-size:11px;letter-spacing:.08em;font-weight:600}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));background:var(--bg1);border:1px solid var(--line);border-radius:4px;overflow:hidden}
        .card{padding:8px 12px;box-shadow:1px 1px 0 0 var(--line)}.card dt{font-size:11px;line-height:16px;color:var(--t3)}.card dd{margin:0;font-size:19px;line-height:26px;overflow-wrap:anywhere}
        .up{color:var(--up)}.down{color:var(--down)}
        .panel{background:var(--bg1);border:1px solid var(--line);border-radius:4px;padding:8px 12px;overflow-x:auto}
        .panel+.panel{margin-top:8px}
        svg{display:block;width:100%;height:auto;font-size:11px}
        svg text{fill:var(--t3)}.grid{stroke:var(--line);stroke-width:1}.equity{fill:none;stroke:var(--t1);stroke-width:1.5;stroke-linejoin:round}
        .hold{fill:none;stroke:var(--t3);stroke-width:1.25;stroke-dasharray:5 4}.fall{fill:var(--down);fill-opacity:.2;stroke:var(--down);stroke-width:1}
        .key{display:flex;gap:16px;color:var(--t2);font-size:12px;margin:0 0 4px;padding:0;list-style:none}.key i{display:inline-block;width:18px;border-top:2px solid var(--t1);vertical-align:middle;margin-right:6px}.key .h i{border-top:2px dashed var(--t3)}.key .d i{border-top:8px solid var(--down);opacity:.35}
        table{border-collapse:collapse;width:100%;font-size:12px;line-height:18px}
        th{font-weight:400;color:var(--t3);text-align:left;padding:4px 8px;white-space:nowrap}tr:first-child>td{border-top-width:0}td{padding:4px 8px;border-top:1px solid var(--line);white-space:nowrap}
        td.n,th.n{text-align:right}td.w{white-space:normal;overflow-wrap:anywhere}
        .heat td{text-align:right;border:1px solid var(--bg1)}.heat td.g{background:color-mix(in srgb,var(--up) calc(var(--s)*1%),transparent)}.heat td.l{background:color-mix(in srgb,var(--down) calc(var(--s)*1%),transparent)}
        .heat th:last-child,.heat td:last-child{font-weight:600}
        .warn{border-left:3px solid var(--warn);padding:4px 12px;margin:4px 0;background:var(--bg1)}.warn b{color:var(--warn)}
        code{font:12px/18px ui-monospace,Menlo,Consolas,monospace}
        .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:8px}
        details summary{cursor:pointer;color:var(--t2);padding:4px 0}
        footer{margin-top:32px;color:var(--t3);font-size:11px;line-height:16px;overflow-wrap:anywhere}
        @media print{:root{--bg0:#fff;--bg1:#fff;--bg2:#eee;--line:#ccc;--t1:#000;--t2:#333;--t3:#555;--up:#0F6F60;--down:#B5300F;--warn:#7F5600;--mode:#7A5600}main{max-width:none;padding:0}h2{break-after:avoid}tr,.card,svg,.panel{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;
}
