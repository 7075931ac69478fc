"""Directories, links, stat and the errors of paths."""
import errno, os, shutil, stat, tempfile

root = tempfile.mkdtemp()
os.chdir(root)
os.makedirs('a/b/c')
with open('a/file', 'w') as f:
    f.write('12345')
os.symlink('file', 'a/link')
os.link('a/file', 'a/hard')
print(sorted(os.listdir('a')), os.readlink('a/link'), os.stat('a/file').st_nlink)
for e in sorted(os.scandir('a'), key=lambda e: e.name):
    print(e, e.path, e.is_dir(), e.is_file(), e.is_symlink(), e.is_file(follow_symlinks=False))
for top, dirs, files in os.walk('.'):
    print(top, sorted(dirs), sorted(files))
s = os.stat('a/file')
print(s.st_size, stat.filemode(s.st_mode & ~0o022), len(s), s[6], type(s.st_mtime_ns))
os.utime('a/file', (1, 2.5))
print(os.stat('a/file').st_atime, os.stat('a/file').st_mtime_ns, os.stat('a/link').st_mtime)
os.chmod('a/file', 0o600)
print(oct(os.stat('a/file').st_mode), os.access('a/file', os.R_OK), os.access('nope', os.F_OK))
os.rename('a/file', 'a/moved')
print(os.path.exists('a/link'), os.path.lexists('a/link'), os.path.samefile('a/moved', 'a/hard'))
os.truncate('a/moved', 2)
print(open('a/hard').read())
fd = os.open('a/moved', os.O_RDWR | os.O_APPEND)
print(os.write(fd, b'xyz'), os.lseek(fd, 0, os.SEEK_SET), os.read(fd, 10), os.pread(fd, 2, 1), os.fstat(fd).st_size)
copy = os.dup(fd)
os.lseek(fd, 1, 0)
print(os.read(copy, 2), os.get_inheritable(copy), os.isatty(fd))
os.close(fd)
print(os.read(copy, 9))
os.close(copy)
for call in ("os.stat('nope')", "os.listdir('nope')", "os.rename('nope', 'b')", "os.mkdir('a')", "os.rmdir('a')",
             "os.unlink('a/b')", "os.stat([])", "os.listdir(1.5)", "os.readlink('a')", "os.close(99)", "os.dup(-1)",
             "os.stat('a\\0')", "os.chdir('nope')", "os.open('a', os.O_WRONLY)", "os.utime('a', (1,))", "os.fspath(1)",
             "os.utime('a', (1, 2), ns=(1, 2))", "os.stat('a/moved/x')", "os.symlink('x', 'a/link')",
             "os.replace('a/moved', 'a/b')", "os.read(99, 1)", "os.scandir('nope')"):
    try:
        print(call, eval(call))
    except Exception as e:
        print(call, type(e).__name__, e, errno.errorcode.get(getattr(e, 'errno', None)))
r, w = os.pipe()
os.write(w, b'through')
print(os.read(r, 100))
os.close(w)
print(os.read(r, 100), os.path.normpath('a//b/../c/./'), os.path.normpath('../x'), os.path.normpath('//a/..'))
print(os.fsencode('\udcff'), ascii(os.fsdecode(b'\xff')), os.terminal_size((80, 24)), os.waitstatus_to_exitcode(256))
os.chdir('/')
shutil.rmtree(root)
print(os.path.exists(root))
