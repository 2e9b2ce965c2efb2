using Xunit;

namespace XQr.Testing;

/// <summary>Compares files with those that were reviewed, in the folder <c>Approved</c> of the test project.</summary>
public static class Approved
{
    /// <summary>Asserts that the bytes equal the approved file. Other bytes are stored for review.</summary>
    public static void Verify(byte[] actual, string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Approved", name);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(actual))
        {
            return;
        }

        var received = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "Received")).FullName, name);
        File.WriteAllBytes(received, actual);
        Assert.Fail($"{name} differs from the approved file. If {received} is correct, copy it to the folder Approved of the test project.");
    }
}
