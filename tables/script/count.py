from model import *
import glob
forms=pickle.load(open('forms.pkl','rb'))
need=pickle.load(open('nneed0.pkl','rb'))+pickle.load(open('nneed1.pkl','rb'))
old=pickle.load(open('need0.pkl','rb'))+pickle.load(open('need1.pkl','rb'))
ok=lambda w:all('\u3400'<=x<='\u9fff' for x in w)
jw=sorted((w for w in J if 2<=len(w)<=4 and w not in keys and w not in forms and ok(w)),key=lambda w:(-count(w),w))
extra=set(jw[:8000])|set(need)|{w for w,v in old.items() if v>=3}|{w for w in J if len(w) in(2,3,4) and ('着' in w or '著' in w) and count(w)>=3 and ok(w)}
inner=lambda w:t1(w)!=charwise(w) or twp1(w)!=''.join(map(twp1,w))
extra={w for w in extra if not inner(w)}
import re
numeral=re.compile('^[一二三四五六七八九十百千万亿两几数多余]+$')
extra={w for w in extra if not numeral.match(w)}
singles={x for w in set(keys)|extra|set(forms) for x in w}|{w for w in set(J)|set(c) if len(w)==1 and ok(w) and count(w)>=20}
words={w:count(w) for w in set(keys)|extra|set(forms)|singles}
kept={w:n for w,n in words.items() if n>0 or w in forms}
print(len(extra),len(singles),len(kept),total)
with open('/work/wt-script/tables/script/words.tsv','w') as f:
    f.write(f'# total\t{total}\n')
    for w in sorted(kept): f.write(f'{w}\t{kept[w]}\n')
