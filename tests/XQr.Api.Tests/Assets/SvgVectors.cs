namespace XQr.Api.Tests.Assets;

/// <summary>
/// Ways to make an SVG image run code or refer to other files. Each contains <c>evil</c>, which must not be in the sanitized image. Each is
/// in an image with a square, which must stay.
/// </summary>
internal static class SvgVectors
{
    /// <summary>A PNG image of one pixel, in base64.</summary>
    public const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>Gets content of images whose unsafe parts are removed.</summary>
    public static string[] Contents { get; } =
    [
        // Scripts.
        "<script>evil()</script>",
        "<script type='text/ecmascript'><![CDATA[evil()]]></script>",
        "<script href='https://evil.test/x.js'/>",
        "<script xlink:href='data:text/javascript,evil()'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>evil()</x:script>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>evil()</script>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>evil()</x:script>",
        "<SCRIPT>evil()</SCRIPT>",
        "<g><g><script>evil()</script></g></g>",
        "<defs><script>evil()</script></defs>",
        "<title><script>evil()</script></title>",
        "<desc><h:script xmlns:h='http://www.w3.org/1999/xhtml'>evil()</h:script></desc>",
        "<style><script>evil()</script></style>",
        "<handler xmlns='http://www.w3.org/2000/svg' type='text/javascript'>evil()</handler>",
        "<listener event='load' handler='#evil'/>",

        // Event handlers.
        "<rect onload='evil()' width='1' height='1'/>",
        "<g onclick='evil()'/>",
        "<g ONCLICK='evil()'/>",
        "<circle onmouseover='evil()' r='1'/>",
        "<text onfocus='evil()' tabindex='1' autofocus='autofocus'>a</text>",
        "<animate onbegin='evil()' attributeName='x' dur='1s'/>",
        "<animateTransform onend='evil()' attributeName='transform' type='rotate'/>",
        "<set onrepeat='evil()' attributeName='x' to='1'/>",
        "<svg onload='evil()'/>",
        "<image onerror='evil()' href='x'/>",
        "<use onload='evil()' href='#kept'/>",
        "<style onload='evil()'>a{}</style>",
        "<g e:onload='evil()' xmlns:e='http://www.w3.org/2001/xml-events'/>",
        "<g e:event='load' e:handler='evil()' xmlns:e='http://www.w3.org/2001/xml-events'/>",

        // Foreign content.
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='evil()'/></foreignObject>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='javascript:evil()'/></foreignObject>",
        "<foreignobject>evil</foreignobject>",
        "<switch><foreignObject width='100%' height='100%'><p xmlns='http://www.w3.org/1999/xhtml'>evil</p></foreignObject></switch>",
        "<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://evil.test/'/>",
        "<iframe src='https://evil.test/'/>",
        "<embed src='https://evil.test/x.swf'/>",
        "<object data='https://evil.test/'/>",
        "<video xmlns='http://www.w3.org/1999/xhtml' src='https://evil.test/v' onerror='evil()'/>",
        "<audio href='https://evil.test/a'/>",
        "<math xmlns='http://www.w3.org/1998/Math/MathML'><maction actiontype='statusline' href='javascript:evil()'>x</maction></math>",
        "<html xmlns='http://www.w3.org/1999/xhtml'><body>evil</body></html>",
        "<meta xmlns='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url=https://evil.test/'/>",
        "<link xmlns='http://www.w3.org/1999/xhtml' rel='stylesheet' href='https://evil.test/x.css'/>",
        "<link rel='stylesheet' href='https://evil.test/x.css'/>",
        "<base xmlns='http://www.w3.org/1999/xhtml' href='https://evil.test/'/>",
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' rdf:about='https://evil.test/'/></metadata>",
        "<i:pgf xmlns:i='http://ns.adobe.com/AdobeIllustrator/10.0/'>evil</i:pgf>",

        // References to elsewhere.
        "<a href='javascript:evil()'><text>a</text></a>",
        "<a xlink:href='javascript:evil()'><text>a</text></a>",
        "<a xlink:href='&#106;avascript:evil()'><text>a</text></a>",
        "<a xlink:href='java&#9;script:evil()'><text>a</text></a>",
        "<a xlink:href='&#32;javascript:evil()'/>",
        "<a href='vbscript:evil()'/>",
        "<a href='data:text/html,&lt;script&gt;evil()&lt;/script&gt;'/>",
        "<a href='https://evil.test/' target='_blank'/>",
        "<a href='#kept' ping='https://evil.test/' download='evil'/>",
        "<a y:href='javascript:evil()' xmlns:y='http://www.w3.org/1999/xlink'/>",
        "<image href='https://evil.test/p.png'/>",
        "<image xlink:href='//evil.test/p.png'/>",
        "<image href='file:///etc/evil'/>",
        "<image href='p.png?evil'/>",
        "<image href='data:image/svg+xml;base64,evil' data-evil='1'/>",
        "<image href='data:image/svg+xml,%3Csvg onload=%22evil()%22/%3E'/>",
        "<image href='data:image/png,evil'/>",
        "<image href='data:text/html;base64,evil'/>",
        "<image href='data:image/png;base64,evil'/>",
        $"<image href='data:image/png;evil;base64,{Pixel}'/>",
        "<use href='https://evil.test/x.svg#a'/>",
        "<use xlink:href='data:image/svg+xml;base64,evil#a'/>",
        "<use href='evil.svg#a'/>",
        "<g xml:base='https://evil.test/'><use href='#kept'/></g>",
        "<feImage href='https://evil.test/p.png'/>",
        "<filter id='f'><feImage xlink:href='https://evil.test/p.png'/></filter>",
        "<linearGradient href='https://evil.test/x.svg#a'/>",
        "<pattern xlink:href='https://evil.test/x.svg#a'/>",
        "<textPath href='https://evil.test/x.svg#a'>a</textPath>",
        "<mpath href='https://evil.test/x.svg#a'/>",
        "<cursor href='https://evil.test/c.cur'/>",
        "<color-profile href='https://evil.test/c.icc' name='evil'/>",
        "<font-face-uri href='https://evil.test/f.svg'/>",
        "<tref xlink:href='https://evil.test/x.svg#a'/>",
        "<altGlyph xlink:href='https://evil.test/x.svg#a'/>",
        "<rect fill='url(https://evil.test/x.svg#a)'/>",
        "<rect fill=' URL( \"https://evil.test/x.svg#a\" ) '/>",
        "<rect filter='url(//evil.test/x.svg#a)' mask='url(evil.svg#a)' clip-path='url(evil)'/>",
        "<rect fill='url(#a) url(https://evil.test/)'/>",
        "<rect marker-end='url(data:image/svg+xml;base64,evil)'/>",
        "<rect cursor='url(https://evil.test/c.cur)'/>",
        "<rect fill='\\75rl(https://evil.test/)'/>",
        "<rect fill='image-set(\"https://evil.test/p.png\" 1x)'/>",
        "<rect fill='src(\"https://evil.test/p.png\")'/>",

        // Animations of what something refers to or does.
        "<a><animate attributeName='href' values='javascript:evil()'/><text>a</text></a>",
        "<a><animate attributeName='xlink:href' from='javascript:evil()' to='#'/></a>",
        "<a><set attributeName='href' to='javascript:evil()'/></a>",
        "<a><set attributeName='xlink:href' to='data:text/html,evil'/></a>",
        "<animate href='#kept' attributeName='onclick' to='evil()'/>",
        "<set href='#kept' attributeName='style' to='fill:url(https://evil.test/)'/>",
        "<set attributeName='fill' to='url(https://evil.test/)'/>",
        "<animate attributeName='filter' values='url(#a);url(https://evil.test/)'/>",
        "<animate attributeName=' href ' to='evil'/>",
        "<set to='evil'/>",
        "<animateColor attributeName='fill' to='evil'/>",

        // Styles.
        "<style>@import url(https://evil.test/x.css);</style>",
        "<style>@import 'https://evil.test/x.css'; rect{fill:red}</style>",
        "<style>@IMPORT \"//evil.test/x.css\"</style>",
        "<style><![CDATA[@import url(https://evil.test/x.css);]]></style>",
        "<style>@\\69mport url(https://evil.test/x.css);</style>",
        "<style>@font-face{font-family:a;src:url(https://evil.test/f.woff)}</style>",
        "<style>@media all{rect{fill:url(https://evil.test/)}}</style>",
        "<style>@namespace url(https://evil.test/);</style>",
        "<style>rect{background:url(https://evil.test/p.png)}</style>",
        "<style>rect{fill:url(https://evil.test/x.svg#a)}</style>",
        "<style>rect{fill:u\\72l(https://evil.test/)}</style>",
        "<style>rect{fill:url/**/(https://evil.test/)}</style>",
        "<style>rect{fill:ur/**/l(https://evil.test/)}</style>",
        "<style>rect{width:expression(evil())}</style>",
        "<style>rect{-moz-binding:url(https://evil.test/x.xml#a)}</style>",
        "<style>rect{behavior:url(evil.htc)}</style>",
        "<style>rect{cursor:url(https://evil.test/c.cur),auto}</style>",
        "<style>rect{content:'evil'}</style>",
        "<style>rect[id^='k']{fill:url(https://evil.test/k)}</style>",
        "<style>a{fill:red;b{fill:url(https://evil.test/)}}</style>",
        "<style>/* evil */ rect{fill:red}</style>",
        "<style>/* evil rect{fill:red}</style>",
        "<style>rect{fill:';}b{background:url(https://evil.test/)}/*'}</style>",
        "<style>rect{--evil:url(https://evil.test/)}</style>",
        "<style>&lt;/style>&lt;script>evil()&lt;/script></style>",
        "<rect style='fill:url(https://evil.test/)'/>",
        "<rect style='background-image:url(javascript:evil())'/>",
        "<rect style='width:expression(evil())'/>",
        "<rect style='-moz-binding:url(evil.xml)'/>",
        "<rect style='fill:red;behavior:url(evil.htc)'/>",
        "<rect style='fill:\\75 rl(evil)'/>",
        "<rect style=\"fill:url('#a' https://evil.test/)\"/>",
        "<rect style='}*{background:url(evil)'/>",

        // Instructions and comments, which some programs obey.
        "<?xml-stylesheet href='https://evil.test/x.xsl'?>",
        "<!-- evil -->",
        "<!--[if IE]><script>evil()</script><![endif]-->",
        "<?php evil() ?>",
    ];

    /// <summary>Gets documents that are rejected, or whose unsafe parts are removed.</summary>
    public static string[] Documents { get; } =
    [
        // Entities.
        "<!DOCTYPE svg [<!ENTITY e 'evil'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&e;</text></svg>",
        "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&e;</text></svg>",
        "<!DOCTYPE svg [<!ENTITY e PUBLIC 'x' 'https://evil.test/x'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&e;</text></svg>",
        "<!DOCTYPE svg [<!ENTITY % p SYSTEM 'https://evil.test/x.dtd'>%p;]><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<!DOCTYPE svg SYSTEM 'https://evil.test/x.dtd'><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
            + "<svg xmlns='http://www.w3.org/2000/svg'><text>&c;</text></svg>",
        "<!DOCTYPE svg [<!ENTITY e '<script>evil()</script>'>]><svg xmlns='http://www.w3.org/2000/svg'>&e;</svg>",
        "<!DOCTYPE svg [<!ENTITY e 'evil()'>]><svg xmlns='http://www.w3.org/2000/svg' onload='&e;'/>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'evil()'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<!DOCTYPE svg [<!ATTLIST rect style CDATA #FIXED 'fill:url(https://evil.test/)'>]><svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>",
        "<!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'>]><svg xmlns='&ns;' onload='evil()'/>",

        // Instructions before the image.
        "<?xml-stylesheet type='text/xsl' href='https://evil.test/x.xsl'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<?xml-stylesheet type='text/css' href='data:text/css,evil'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'/><?xml-stylesheet href='https://evil.test/'?><!-- evil -->",

        // Other documents, and documents that are ambiguous.
        "<html xmlns='http://www.w3.org/1999/xhtml'><script>evil()</script></html>",
        "<svg><script>evil()</script></svg>",
        "<svg xmlns='http://www.w3.org/1999/xhtml' onload='evil()'/>",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' onload='evil()'/>",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns='http://www.w3.org/1999/xhtml'><script>evil()</script></s:svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload=evil()></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>evil()</svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'/><script>evil()</script>",
        "<svg xmlns='http://www.w3.org/2000/svg'><g onload='a' onload='evil()'/></svg>",
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'>evil</xsl:template></xsl:stylesheet>",
        "<?xml version='1.0' encoding='UTF-7'?>+ADw-svg onload=+ACI-evil()+ACI-/+AD4-",
        "GIF89a<svg xmlns='http://www.w3.org/2000/svg' onload='evil()'/>",
        "%PDF-1.4 <svg xmlns='http://www.w3.org/2000/svg' onload='evil()'/>",
        "evil",
        "",
    ];

    public static string Image(string content) =>
        $"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{content}<rect id='kept' width='9' height='9'/></svg>";
}
